"""The engine over a real database: what is begun is ended, by whoever lives, in the order people were promised."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from bot.core.runtime.ports import Job, UnderWay
from bot.jobs.engine import Engine
from bot.jobs.heartbeat import INTERVAL
from bot.jobs.settings import POLLING, ScheduledTask
from providers.contract.model import Account
from storage.db.database import Database, sqlite_url
from storage.db.migrate import migrate
from storage.tables import settings
from storage.tables.heartbeats import STALE
from storage.tables.owners import Scope
from tests.harness.engine import Hand, ask, working


@pytest_asyncio.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    url = sqlite_url(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgres").create()
    opened = Database(url)
    await migrate(opened)
    yield opened
    await opened.close()


async def test_people_take_turns_and_each_has_at_most_two_images_at_once(database: Database) -> None:
    hand = Hand()
    async with working(database, hand) as engine:
        many = await ask(engine, database, "ann", 20)
        assert set(await hand.until(2)) == set(many[:2])
        [one] = await ask(engine, database, "bob", 1)
        assert (await hand.until(3))[2] == one
        await hand.let_go()
        assert set(await hand.until(21, "ended")) == {*many, one}


async def test_people_with_priority_have_a_reserved_share_of_the_account(database: Database) -> None:
    async with database.write() as tx:
        await settings.put(tx, Scope.user("bob"), "priority", True)
    hand = Hand()
    async with working(database, hand) as engine:
        crowd = [*await ask(engine, database, "ann", 9), *await ask(engine, database, "cid", 9)]
        assert set(await hand.until(3)) < set(crowd)
        [first] = await ask(engine, database, "bob", 1, priority=True)
        assert (await hand.until(4))[3] == first
        await hand.let_go()
        await hand.until(19, "ended")


async def test_work_that_a_stopped_process_had_begun_restarts_in_the_next_and_occupies_no_slot(
    database: Database,
) -> None:
    before, after = Hand(), Hand(holds=False)
    async with working(database, before) as engine:
        ids = [*await ask(engine, database, "ann", 3), *await ask(engine, database, "bob", 3)]
        await before.until(4)
    async with working(database, after, executor="another"):
        assert set(await after.until(6, "ended")) == set(ids)
    assert before.ended == []


async def test_work_of_an_older_version_is_finished_after_a_deploy(database: Database) -> None:
    before, after = Hand(), Hand(holds=False)
    async with working(database, before, version="0") as engine:
        ids = await ask(engine, database, "ann", 5)
        await before.until(2)
    async with working(database, after, version="1") as engine:
        assert set(await after.until(5, "ended")) == set(ids)
        assert len(after.begun) == 5
        await idle(engine)


def test_jobs_of_an_expired_process_are_taken_over_within_15_seconds() -> None:
    noticed = STALE / 1000 + INTERVAL  # silent for long enough, and then a look
    assert noticed + POLLING < 15


async def test_a_scheduled_task_runs_at_its_times_in_the_run_process(database: Database) -> None:
    done = asyncio.Event()

    async def do() -> None:
        done.set()

    async with working(database, Hand(), {"every_second": ScheduledTask("* * * * * *", do)}):
        await asyncio.wait_for(done.wait(), 30)


async def test_each_provider_draws_at_most_two_images_of_a_person_at_once(database: Database) -> None:
    hand = Hand()
    async with working(database, hand, accounts={"p": Account(4), "q": Account(4)}) as engine:
        first = await ask(engine, database, "ann", 3)
        other = await ask(engine, database, "ann", 3, provider="q")
        assert set(await hand.until(4)) == {*first[:2], *other[:2]}
        await hand.let_go()
        await hand.until(6, "ended")


async def test_a_rate_holds_for_all_people_together(database: Database) -> None:
    hand = Hand(holds=False)
    async with working(database, hand, accounts={"p": Account(8, 3), "q": Account(8)}) as engine:
        paced = {image for who in ("ann", "bob", "cid") for image in await ask(engine, database, who, 4)}
        await hand.until(3, "ended")
        # Meanwhile the queues are looked at again and again.
        free = {image for _ in range(3) for image in await ask(engine, database, "dee", 3, provider="q")}
        ended = await hand.until(12, "ended")
        assert len(paced & set(ended)) == 3
        assert free < set(ended)


async def test_waiting_and_running_images_are_listed_by_the_ids_of_their_rows(database: Database) -> None:
    hand = Hand()
    async with working(database, hand) as engine:
        ids = await ask(engine, database, "ann", 5)
        await ask(engine, database, "ann", 1, turn="2")
        await hand.until(2)
        assert (await engine.under_way()).images >= set(ids)
        await engine.cancel(ids)
        await hand.let_go()


async def test_a_request_that_is_rolled_back_leaves_no_work(database: Database) -> None:
    hand = Hand(holds=False)
    async with working(database, hand) as engine:
        with pytest.raises(RuntimeError, match="no"):
            await rolled_back(engine, database)
        assert (await engine.under_way()).images == frozenset()


async def test_the_records_of_old_work_are_deleted_and_its_ids_stay_unknown(database: Database) -> None:
    hand = Hand(holds=False)
    async with working(database, hand) as engine:
        await ask(engine, database, "ann", 3)
        await hand.until(3, "ended")
        await hand.until(1, "delivered")
        await idle(engine)
        await engine.forget(2**42)
    assert records(database) == 0


async def rolled_back(engine: Engine, database: Database) -> None:
    async with database.write() as tx:
        await engine.enqueue(tx, "g" * 32, [Job("i" * 32, "p", "ann")])
        raise RuntimeError("no")


async def test_a_provider_that_a_worker_slows_down_keeps_its_reserved_share_for_priority(database: Database) -> None:
    async with database.write() as tx:
        await settings.put(tx, Scope.user("bob"), "priority", True)
    async with working(database, Hand()):
        pass  # `run` opens the queues
    async with working(database, Hand(), role="worker", executor="worker") as engine:
        await engine.slow_down("p", 1000)
        assert allowed(database) == 4


async def test_a_stop_closes_connections_that_the_engines_threads_return_late(database: Database) -> None:
    async with working(database, Hand()) as engine:
        late = engine._engine.connect()
        raw = late.connection.dbapi_connection
        asyncio.get_running_loop().call_later(0.3, late.close)
    assert raw is not None
    with pytest.raises((psycopg.Error, sqlite3.Error)):
        raw.cursor().execute("SELECT 1")


def allowed(database: Database) -> int:
    """How many images may be drawn at once, over all queues on which they wait."""
    schema, driver = ("", "sqlite") if database.is_sqlite else ("dbos.", "postgresql+psycopg")
    engine = create_engine(make_url(database.url).set(drivername=driver))
    with engine.connect() as connection:
        sum_ = connection.scalar(text(f"SELECT sum(concurrency) FROM {schema}queues WHERE name <> 'deliver'"))
    engine.dispose()
    return int(sum_)


async def idle(engine: Engine) -> None:
    """Wait until the engine has written down the end of everything."""
    async with asyncio.timeout(30):
        while await engine.under_way() != UnderWay(frozenset(), frozenset()):  # noqa: ASYNC110  # its own threads write
            await asyncio.sleep(0.05)


def records(database: Database) -> int:
    """How many workflows the engine's own tables remember."""
    url = make_url(database.url)
    schema = "" if database.is_sqlite else "dbos."
    engine = create_engine(url.set(drivername="sqlite" if database.is_sqlite else "postgresql+psycopg"))
    with engine.connect() as connection:
        count = connection.scalar(text(f"SELECT count(*) FROM {schema}workflow_status"))
    engine.dispose()
    return int(count)
