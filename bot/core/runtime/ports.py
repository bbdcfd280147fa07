"""What the core needs of others: chat front ends, durable jobs, providers and the clock."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.core.chat.messages import MessageRef, Outgoing, Place
from providers.contract.model import Account, Model
from providers.contract.provider import Provider, ReportsProgress
from storage.db.database import Transaction


class Front(Protocol):
    """A chat platform, for what we say without having been asked just now."""

    @property
    def platform(self) -> str: ...

    async def send(
        self, place: Place, outgoing: Outgoing, key: str, *, instead_of: MessageRef | None = None, to: str | None = None
    ) -> MessageRef | None:
        """Post (or replace) a message; the same `key` twice posts once where the platform can tell.

        Returns where it stands, None where it could not be delivered.

        `to` is the platform's id of the person it concerns: who alone may read it when it is private, though the place
        is shared. A front that cannot show it there sends it to that person's private chat.
        """
        ...

    async def readable(self, who: str, chat: str, threads: frozenset[str]) -> frozenset[str]:
        """Those threads ("" is the chat itself) of a shared chat that a person of this platform can read now.

        Empty for a person who is not in the chat, and when the platform cannot be asked.
        """
        ...

    async def remove(self, ref: MessageRef) -> None:
        """Take a message of ours away; silent when it is gone already."""
        ...


class Jobs(Protocol):
    """Durable work: what is enqueued in a transaction is done exactly when that transaction commits."""

    @property
    def alone(self) -> bool:
        """Whether no other process works on the same database, so that this one hears of all that happens."""
        ...

    async def enqueue(self, tx: Transaction, generation: str | None, images: Sequence["Job"]) -> None:
        """Let images be drawn, and a generation be delivered when they are (None: its delivery runs already).

        Without images, a generation whose delivery came to nothing is delivered anew.
        """
        ...

    async def cancel(self, images: Sequence[str]) -> None:
        """Take images out of their queue; one that was asked for again finds itself stopped when its turn comes."""
        ...

    async def slow_down(self, provider: str, per_minute: int) -> None:
        """Begin no more calls a minute with a provider than it has just said, until the next start."""
        ...

    async def under_way(self) -> "UnderWay":
        """What waits or runs, in any process."""
        ...

    async def confirm_lease(self) -> None:
        """Block until our lease is fresh. Never returns if another process has already taken over our jobs.

        Await it right before an action that must not happen twice.
        """
        ...

    async def forget(self, before: int) -> None:
        """Delete the records of work that ended before a moment in Unix milliseconds."""
        ...


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Images that are to be drawn and generations that are to be delivered, by their ids."""

    images: frozenset[str]
    generations: frozenset[str]


@dataclass(frozen=True, slots=True)
class Job:
    """One image to draw: its id, the queue of its provider, and whose turn it takes."""

    image: str
    provider: str
    user: str
    turn: str = ""
    """Tells it from the same image's earlier work."""
    priority: bool = False
    """Whether the operator lets this person go first."""


@dataclass(frozen=True, slots=True)
class ModelCatalog:
    """The models people can choose and the providers behind them, built by wiring."""

    models: tuple[Model, ...]
    providers: Mapping[str, Provider]
    accounts: Mapping[str, Account] = field(default_factory=dict)
    """What each provider's account allows over all processes."""
    telling: Mapping[str, ReportsProgress] = field(default_factory=dict)
    """Those of the providers that tell how far a call is; only of calls that this process waits for."""

    def model(self, id_: str) -> Model | None:
        return next((model for model in self.models if model.id == id_), None)


Clock = Callable[[], datetime]
"""The time in UTC."""
