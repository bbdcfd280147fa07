"""A job engine over a real database, and the hand that draws for it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from bot.core.runtime.ports import Job
from bot.jobs.engine import Engine
from bot.jobs.settings import JobSettings, ScheduledTask, Work
from providers.contract.model import Account
from storage.db.database import Database
from storage.db.ids import new_id

ACCOUNTS = {"p": Account(4)}


@dataclass
class Hand:
    """Draws images by letting them wait until they are let go; deliveries end at once."""

    begun: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    delivered: list[str] = field(default_factory=list)
    holds: bool = True
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def draw(self, image: str) -> None:
        if image in self.ended:
            return
        async with self.changed:
            self.begun.append(image)
            self.changed.notify_all()
            await self.changed.wait_for(lambda: not self.holds)
            self.ended.append(image)
            self.changed.notify_all()

    async def give_up(self, image: str) -> None:
        raise AssertionError(f"{image} was given up")

    async def follow(self, generation: str) -> None:
        async with self.changed:
            self.delivered.append(generation)
            self.changed.notify_all()

    async def until(self, count: int, which: str = "begun") -> list[str]:
        """The first so many that were begun, ended or delivered, once they are."""
        async with asyncio.timeout(30), self.changed:
            await self.changed.wait_for(lambda: len(getattr(self, which)) >= count)
            return list(getattr(self, which)[:count])

    async def let_go(self) -> None:
        async with self.changed:
            self.holds = False
            self.changed.notify_all()


@asynccontextmanager
async def working(
    database: Database, hand: Hand, scheduled: Mapping[str, ScheduledTask] = MappingProxyType({}), **changes: Any
) -> AsyncIterator[Engine]:
    """A life of an engine, cut off at the end as far as its steps are concerned."""
    told = {"executor": "run-test", "accounts": ACCOUNTS} | changes
    engine = Engine(database, JobSettings(**told))
    try:
        await engine.start(Work(hand, hand, scheduled))  # type: ignore[arg-type]  # it has the methods that are used
        yield engine
    finally:
        await engine.stop(seconds=0)


async def ask(
    engine: Engine, database: Database, user: str, count: int, provider: str = "p", **changes: Any
) -> list[str]:
    """Let so many images of somebody wait."""
    ids = [new_id() for _ in range(count)]
    async with database.write() as tx:
        await engine.enqueue(tx, new_id(), [Job(id_, provider, user, **changes) for id_ in ids])
    return ids
