"""Several processes on one PostgreSQL: workers draw, `run` speaks, and whoever dies has its work taken over."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from storage.db.database import Database
from storage.tables.schema import heartbeats
from tests.harness.postgres import Postgres
from tests.operations.books import LOOK, agree, settled
from tests.operations.fleet import MODEL, Fleet, Shop, Wish, fleet, selling, told
from tests.operations.processes import LONGEST

PEOPLE = ("Ann", "Bob", "Cid")
WORKERS = ("one", "two", "three")
KILLS = 4


@pytest.fixture
def url(postgres: Postgres) -> str:
    return postgres.create()


@pytest_asyncio.fixture
async def shop() -> AsyncIterator[Shop]:
    async with selling() as open_:
        yield open_


@pytest_asyncio.fixture
async def machines(tmp_path: Path, url: str, shop: Shop) -> AsyncIterator[Fleet]:
    """Processes that share a database and a folder of pictures, as several machines would."""
    (tmp_path / "pictures").mkdir()
    async with fleet(tmp_path, shop, DATABASE_URL=url, BLOB_URL=f"file://{tmp_path}/pictures") as all_:
        yield all_


@pytest_asyncio.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = Database(url)
    yield opened
    await opened.close()


def wishes(count: int) -> list[Wish]:
    return [
        Wish(who, str(uuid4()), f"/imagine a fox --count 4 --model {MODEL}") for who in PEOPLE for _ in range(count)
    ]


async def test_work_of_killed_workers_is_taken_over_and_paid_once(
    machines: Fleet, database: Database, shop: Shop
) -> None:
    chance = Random(7)
    await machines.run()
    workers = {name: await machines.worker(name) for name in WORKERS}
    assert await told(machines.address, wishes(3)) == []
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.5, 1.5))
        name = chance.choice(WORKERS)
        await workers[name].kill()
        workers[name] = await machines.start("worker", EXECUTOR_ID=f"{name}-{uuid4().hex[:4]}")
    await settled(database)
    await agree(database, shop, wanted=36)
    assert machines.errors() == []


async def test_a_person_has_at_most_two_images_in_progress_over_all_machines(
    machines: Fleet, database: Database, shop: Shop
) -> None:
    await machines.run()
    for name in WORKERS:
        await machines.worker(name)
    shop.holding = True
    assert await told(machines.address, [asking("Ann"), asking("Ann")]) == []
    await in_the_making(shop, {"Ann": 2})
    assert await told(machines.address, [asking("Bob")]) == []
    await in_the_making(shop, {"Ann": 2, "Bob": 2})
    shop.holding = False
    await settled(database)
    assert shop.most == {"Ann": 2, "Bob": 2}
    await agree(database, shop, wanted=12)


async def in_the_making(shop: Shop, wanted: dict[str, int]) -> None:
    """Wait until so many pictures of each are being made; fails where more are."""
    async with asyncio.timeout(LONGEST):
        while shop.making != wanted:
            assert shop.making <= Counter(wanted)
            shop.took.clear()
            await shop.took.wait()


def asking(who: str) -> Wish:
    return Wish(who, str(uuid4()), f"/imagine {who} in the rain --count 4 --model {MODEL}")


async def test_a_worker_that_was_paused_past_its_lease_does_nothing_and_ends(
    machines: Fleet, database: Database, shop: Shop
) -> None:
    await machines.run()
    worker = await machines.worker("sleepy")
    assert await told(machines.address, wishes(1)) == []
    await worker.said("image drawn")
    worker.pause()
    await settled(database)
    await alone(database)
    worker.wake()
    assert await worker.ended() == 1
    assert "expired by other processes, which took its jobs over: start it again" in {
        line["event"] for line in worker.read()
    }
    await agree(database, shop, wanted=12)


async def alone(database: Database) -> None:
    """Wait until everybody but one counts as dead."""
    async with asyncio.timeout(LONGEST):
        while await lives(database) > 1:  # noqa: ASYNC110  # other processes write it down
            await asyncio.sleep(LOOK)


async def lives(database: Database) -> int:
    async with database.read() as tx:
        return await tx.scalar(select(func.count()).select_from(heartbeats)) or 0
