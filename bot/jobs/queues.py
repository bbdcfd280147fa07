"""Queues: two per provider, one of them for people with priority, and one for deliveries.

The limits of a provider's account are divided between its two queues once a person has priority; before, the ordinary
queue has all of them. Each person has a partition of a queue, and DBOS picks a partition at random at every poll.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dbos import DBOS

from bot.core.results.queue_position import PER_USER
from bot.core.runtime.ports import Job
from providers.contract.model import Account

DELIVER = "deliver"
MINUTE = 61.0
"""Seconds of a rate's window: with SQLite DBOS' clock may run one second short."""
PRIORITY_SHARE = 4
"""One of so many concurrent calls is reserved for people with priority."""


@dataclass(frozen=True, slots=True)
class Share:
    """The part of an account's limits that one queue of a provider has."""

    queue: str
    account: Account


def queue_of(provider: str, account: Account | None = None, *, first: bool = False) -> str:
    """Name of the queue on which an image waits; an account of one concurrent call cannot be divided."""
    return f"first-{provider}" if first and account and account.concurrency > 1 else f"image-{provider}"


def queue_for(job: Job, accounts: Mapping[str, Account]) -> str:
    """The queue of a job."""
    return queue_of(job.provider, accounts.get(job.provider), first=job.priority)


def shares(provider: str, account: Account, *, split: bool) -> Iterator[Share]:
    """Divide an account between the queues of its provider; together they never exceed it, once `split`."""
    if account.concurrency < 2:
        yield Share(queue_of(provider), account)
        return
    first = max(1, account.concurrency // PRIORITY_SHARE)
    rate = max(1, account.per_minute * first // account.concurrency) if account.per_minute else None
    rest = max(1, account.per_minute - rate) if account.per_minute and rate else None
    ordinary = Account(account.concurrency - first, rest) if split else account
    yield Share(queue_of(provider), ordinary)
    yield Share(queue_of(provider, account, first=True), Account(first, rate))


async def open_queues(accounts: Mapping[str, Account], *, split: bool, polling: float) -> None:
    """Register the limits of each provider's queues over all processes, which follow after their next poll.

    `polling` is the interval between polls in seconds.
    """
    for provider, account in accounts.items():
        for share in shares(provider, account, split=split):
            await _open(share, polling)


async def open_deliveries(polling: float) -> None:
    """Register the queue of deliveries without a limit: they wait for images and platforms."""
    await DBOS.register_queue_async(DELIVER, polling_interval_sec=polling, on_conflict="always_update")


def names(accounts: Mapping[str, Account]) -> list[str]:
    """The queues on which images wait."""
    return [share.queue for name, account in accounts.items() for share in shares(name, account, split=True)]


def slowed(account: Account, per_minute: int) -> Account | None:
    """An account with a lower rate, or None when it is as low already."""
    if account.per_minute is not None and per_minute >= account.per_minute:
        return None
    return replace(account, per_minute=per_minute)


async def _open(share: Share, polling: float) -> None:
    await DBOS.register_queue_async(
        share.queue,
        global_concurrency=share.account.concurrency,
        partition_concurrency=min(PER_USER, share.account.concurrency),
        limiter={"limit": share.account.per_minute, "period": MINUTE} if share.account.per_minute else None,
        polling_interval_sec=polling,
        on_conflict="always_update",
    )
