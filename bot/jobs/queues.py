"""The queues: two per provider, one of them for people whom the operator let go first, and one for deliveries.

What a provider's account allows is shared between its two queues once somebody goes first; before, the ordinary one has
all of it. Each person has a part of a queue of their own, and whose turn it is, is drawn by lot at every look.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dbos import DBOS
from dbos._queue import QueueRateLimit

from bot.core.results.queue_position import PER_USER
from bot.core.runtime.ports import Job
from bot.jobs.settings import POLLING
from providers.contract.model import Account

DELIVER = "deliver"
MINUTE = 61.0
"""Seconds: with SQLite the engine's clock may run one second short."""
FIRST = 4
"""Of so many calls at once, one is for those who go first."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one queue of a provider may take of its account."""

    queue: str
    account: Account


def queue_of(provider: str, account: Account | None = None, *, first: bool = False) -> str:
    """The queue on which an image waits; an account of one call at once has no share to give away."""
    return f"first-{provider}" if first and account and account.concurrency > 1 else f"image-{provider}"


def queue_for(job: Job, accounts: Mapping[str, Account]) -> str:
    """The queue of a job."""
    return queue_of(job.provider, accounts.get(job.provider), first=job.priority)


def shares(provider: str, account: Account, *, split: bool) -> Iterator[Share]:
    """The queues of a provider with what they may take; together never more than its account allows, once split."""
    if account.concurrency < 2:
        yield Share(queue_of(provider), account)
        return
    first = max(1, account.concurrency // FIRST)
    rate = max(1, account.per_minute * first // account.concurrency) if account.per_minute else None
    rest = max(1, account.per_minute - rate) if account.per_minute and rate else None
    ordinary = Account(account.concurrency - first, rest) if split else account
    yield Share(queue_of(provider), ordinary)
    yield Share(queue_of(provider, account, first=True), Account(first, rate))


async def open_queues(accounts: Mapping[str, Account], *, split: bool) -> None:
    """Tell the engine what each provider's queues may take over all processes; running ones notice at once."""
    for provider, account in accounts.items():
        for share in shares(provider, account, split=split):
            await _open(share)


async def open_deliveries() -> None:
    """Deliveries wait for images and platforms, so any number of them may run."""
    await DBOS.register_queue_async(DELIVER, polling_interval_sec=POLLING, on_conflict="always_update")


def names(accounts: Mapping[str, Account]) -> list[str]:
    """The queues on which images wait."""
    return [share.queue for name, account in accounts.items() for share in shares(name, account, split=True)]


def slowed(account: Account, per_minute: int) -> Account | None:
    """An account with a lower rate, or None when it is as low already."""
    if account.per_minute is not None and per_minute >= account.per_minute:
        return None
    return replace(account, per_minute=per_minute)


async def _open(share: Share) -> None:
    limiter: QueueRateLimit | None = None
    if share.account.per_minute:
        limiter = {"limit": share.account.per_minute, "period": MINUTE}
    await DBOS.register_queue_async(
        share.queue,
        global_concurrency=share.account.concurrency,
        partition_concurrency=min(PER_USER, share.account.concurrency),
        limiter=limiter,
        polling_interval_sec=POLLING,
        on_conflict="always_update",
    )
