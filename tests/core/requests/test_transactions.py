"""How many transactions one request takes: what it depends on is read once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import Connection, Engine, event

from tests.harness.bots import Bot, started

pytestmark = pytest.mark.asyncio(loop_scope="module")

MOST = 12
"""From the command as it is heard to the result as it stands in the chat; the job engine's own are not ours."""


DELIVERED = "UPDATE generations SET delivered_at"
LOOK = "SELECT generations.platform AS origin"
"""Begins each read of a delivery that waits; a slow machine looks more often, which is no part of the request."""


@dataclass(slots=True)
class Counted:
    """The first statement of each transaction; `delivered` is set by the last one, which notes that a result stands."""

    begun: list[str] = field(default_factory=list)
    delivered: asyncio.Event = field(default_factory=asyncio.Event)


@contextmanager
def counted() -> Iterator[Counted]:
    """Count our transactions; the job engine's connections are synchronous."""
    found = Counted()
    fresh: set[int] = set()

    def begin(connection: Connection) -> None:
        if connection.dialect.is_async:
            fresh.add(id(connection))

    def first(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if id(connection) in fresh:
            fresh.discard(id(connection))
            found.begun.append(" ".join(statement.split())[:100])
        if statement.startswith(DELIVERED):
            found.delivered.set()

    event.listen(Engine, "begin", begin)
    event.listen(Engine, "before_cursor_execute", first)
    try:
        yield found
    finally:
        event.remove(Engine, "begin", begin)
        event.remove(Engine, "before_cursor_execute", first)


@pytest_asyncio.fixture(loop_scope="module")
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    """A bot whose clock stands still, so that no progress edit comes due however long the picture takes."""
    at = datetime.now(UTC)
    async with started(tmp_path, clock=lambda: at) as running:
        yield running


async def test_an_imagine_takes_no_more_than_twelve_transactions_from_heard_to_shown(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.command("imagine", prompt="a fox", model="free")
    await room.quiet()
    with counted() as found:
        await anna.command("imagine", prompt="a red fox", model="free")
        await room.quiet()
        await found.delivered.wait()
    begun = found.begun
    looks = sum(statement.startswith(LOOK) for statement in begun)
    assert len(room.results) == 2
    assert len(begun) - max(0, looks - 2) <= MOST, "\n".join(begun)
