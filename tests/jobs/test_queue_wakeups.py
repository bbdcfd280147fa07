"""Queue threads that are woken: no poll has to come round before enqueued work begins."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
import pytest_asyncio

from bot.jobs import engine as engines
from bot.jobs.queue_wakeups import QueueWakeups
from storage.db.database import Database, sqlite_url
from storage.db.migrate import migrate
from tests.harness.engine import Hand, ask, working
from tests.harness.postgres import Postgres

AN_HOUR = 3600.0


class Undone(Exception):
    """Rolls a transaction back."""


@pytest_asyncio.fixture
async def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    """A database whose queues are polled every hour."""
    monkeypatch.setattr(engines, "ALONE_POLLING", AN_HOUR)
    opened = Database(sqlite_url(tmp_path))
    await migrate(opened)
    yield opened
    await opened.close()


async def test_enqueued_images_begin_though_the_next_poll_is_an_hour_away(database: Database) -> None:
    hand = Hand(holds=False)
    async with working(database, hand) as engine:
        first = await ask(engine, database, "ann", 1)
        await hand.until(1, "ended")
        second = await ask(engine, database, "ann", 1)
        assert await hand.until(2, "ended") == [*first, *second]
        await hand.until(2, "delivered")


async def test_the_end_of_an_image_lets_the_next_one_of_the_queue_begin(database: Database) -> None:
    hand = Hand(holds=False)
    async with working(database, hand) as engine:
        ids = await ask(engine, database, "ann", 7)  # two at once
        assert set(await hand.until(7, "ended")) == set(ids)


async def test_a_cancelled_image_gives_its_place_to_the_next(database: Database) -> None:
    hand = Hand()
    async with working(database, hand) as engine:
        ids = await ask(engine, database, "ann", 3)
        await hand.until(2)
        await engine.cancel(ids[:2])
        assert (await hand.until(3))[2] == ids[2]
        await hand.let_go()
        await hand.until(3, "ended")


async def test_images_left_by_an_earlier_life_begin_after_the_start(database: Database) -> None:
    before, after = Hand(), Hand(holds=False)
    async with working(database, before) as engine:
        ids = await ask(engine, database, "ann", 5)
        await before.until(2)
    async with working(database, after):
        assert set(await after.until(5, "ended")) == set(ids)


async def test_a_call_after_the_commit_is_made_once_it_committed_and_never_after_a_rollback(database: Database) -> None:
    called: list[str] = []
    async with database.write():
        database.after_commit(lambda: called.append("committed"))
        assert called == []
    with suppress(Undone):
        async with database.write():
            database.after_commit(lambda: called.append("rolled back"))
            raise Undone
    async with database.write():
        pass
    assert called == ["committed"]


@pytest.mark.parametrize("stops", [False, True])
async def test_a_wait_ends_when_its_queue_is_woken_and_at_a_stop(stops: bool) -> None:
    wakeups, stop = QueueWakeups(), threading.Event()
    waiting = asyncio.create_task(asyncio.to_thread(wakeups.wait, stop, "queue", AN_HOUR))
    wakeups.wake("another" if stops else "queue")
    if stops:
        stop.set()
    assert await waiting == stops


async def test_only_the_images_that_wait_or_run_are_remembered(database: Database) -> None:
    hand = Hand()
    async with working(database, hand) as engine:
        ids = await ask(engine, database, "ann", 3)
        await hand.until(2)
        assert set(engine._queue_of) == set(ids)
        await engine.cancel([ids[2]])
        await hand.let_go()
        await ask(engine, database, "ann", 1)
        await hand.until(3, "ended")
        while engine._queue_of:  # the engine ends a workflow after its step  # noqa: ASYNC110
            await asyncio.sleep(0)


async def test_where_other_processes_end_images_too_none_is_remembered(postgres: Postgres) -> None:
    database = Database(postgres.create())
    await migrate(database)
    hand = Hand(holds=False)
    async with working(database, hand) as engine:
        await ask(engine, database, "ann", 2)
        assert engine._queue_of == {}
        await hand.until(2, "ended")
    await database.close()
