"""Queue threads that are woken: no poll has to come round before enqueued work begins."""

import asyncio
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from bot.core.runtime.ports import Job
from bot.jobs import engine as engines
from bot.jobs.queue_wakeups import QueueWakeups
from storage.db.database import Database, sqlite_url
from storage.db.ids import new_id
from storage.db.migrate import migrate
from tests.jobs.test_engine import Hand, ask, working

AN_HOUR = 3600.0


class Undone(Exception):
    """Rolls a transaction back."""


@pytest.fixture
async def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database whose queues are polled every hour."""
    monkeypatch.setattr(engines, "ALONE_POLLING", AN_HOUR)
    opened = Database(sqlite_url(tmp_path))
    await migrate(opened)
    return opened


async def test_enqueued_images_begin_though_the_next_poll_is_an_hour_away(database: Database) -> None:
    hand = Hand(holds=False)
    async with working(database, hand) as engine:
        first = await ask(engine, database, "ann", 1)
        await hand.until(1, "ended")
        second = await ask(engine, database, "ann", 1)
        assert await hand.until(2, "ended") == [*first, *second]
        await hand.until(2, "delivered")
    await database.close()


async def test_the_end_of_an_image_lets_the_next_one_of_the_queue_begin(database: Database) -> None:
    hand = Hand(holds=False)
    async with working(database, hand) as engine:
        ids = await ask(engine, database, "ann", 7)  # two at once
        assert set(await hand.until(7, "ended")) == set(ids)
    await database.close()


async def test_a_cancelled_image_gives_its_place_to_the_next(database: Database) -> None:
    hand = Hand()
    async with working(database, hand) as engine:
        ids = await ask(engine, database, "ann", 3)
        await hand.until(2)
        await engine.cancel(ids[:2])
        assert (await hand.until(3))[2] == ids[2]
        await hand.let_go()
        await hand.until(3, "ended")
    await database.close()


async def test_images_left_by_an_earlier_life_begin_after_the_start(database: Database) -> None:
    before, after = Hand(), Hand(holds=False)
    async with working(database, before) as engine:
        ids = await ask(engine, database, "ann", 5)
        await before.until(2)
    async with working(database, after):
        assert set(await after.until(5, "ended")) == set(ids)
    await database.close()


async def test_work_of_a_transaction_that_rolls_back_wakes_nothing_and_never_begins(database: Database) -> None:
    hand = Hand(holds=False)
    async with working(database, hand) as engine:
        with suppress(Undone):
            async with database.write() as tx:
                await engine.enqueue(tx, new_id(), [Job(new_id(), "p", "ann")])
                raise Undone
        kept = await ask(engine, database, "ann", 1)
        assert await hand.until(1, "ended") == kept
    assert hand.begun == kept
    await database.close()


async def test_what_follows_a_commit_sees_what_was_written_and_a_rollback_has_nothing_follow(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path))
    followed: list[str] = []
    async with database.write():
        database.after_commit(lambda: followed.append("committed"))
        assert followed == []
    with suppress(Undone):
        async with database.write():
            database.after_commit(lambda: followed.append("rolled back"))
            raise Undone
    async with database.write():
        pass
    assert followed == ["committed"]
    await database.close()


@pytest.mark.parametrize("queue", ["woken", "another"])
async def test_a_wait_ends_for_its_own_queue_and_for_a_stop(queue: str) -> None:
    wakeups, stop, ended = QueueWakeups(), threading.Event(), asyncio.Event()
    wakeups.install()
    waiting = asyncio.create_task(asyncio.to_thread(wakeups.wait, stop, queue, AN_HOUR))
    waiting.add_done_callback(lambda _: ended.set())
    wakeups.wake("woken")
    if queue == "another":
        stop.set()
    await ended.wait()
    assert waiting.result() == (queue == "another")
