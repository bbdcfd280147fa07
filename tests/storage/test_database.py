"""Transactions: what is written, who waits for whom, and what is left behind when one is cut off."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.db.database import Database, sqlite_url
from storage.db.errors import StorageBusy, StorageReadOnly, StorageUnreachable
from storage.tables import people, settings
from tests.storage.rows import NOW

SCOPE = "bot"


async def _value(database: Database) -> object:
    async with database.read() as tx:
        return (await settings.of(tx, SCOPE))[SCOPE].get("key")


async def test_what_a_block_wrote_is_there_when_it_ends(database: Database) -> None:
    async with database.write() as tx:
        await settings.put(tx, SCOPE, "key", 1)
    assert await _value(database) == 1


@pytest.mark.parametrize("short", [False, True])
async def test_a_block_that_raises_leaves_nothing(database: Database, short: bool) -> None:
    async def fail() -> None:
        async with database.write(short=short) as tx:
            await settings.put(tx, SCOPE, "key", 1)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await _value(database) is None


@pytest.mark.parametrize("short", [False, True])
async def test_a_block_that_is_cancelled_leaves_nothing_and_lets_the_next_one_in(
    database: Database, short: bool
) -> None:
    written = asyncio.Event()

    async def endless() -> None:
        async with database.write(short=short) as tx:
            await settings.put(tx, SCOPE, "key", 1)
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(endless())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.write() as tx:
        await settings.put(tx, SCOPE, "other", 2)
    assert await _value(database) is None


async def test_a_statement_that_fails_amid_a_short_block_leaves_the_rest_of_it_whole(database: Database) -> None:
    twice = text("INSERT INTO settings (scope, key, value) VALUES ('bot', 'key', '1')")
    async with database.write(short=True) as tx:
        await tx.execute(twice)
        with pytest.raises(IntegrityError):
            async with tx.begin_nested():
                await tx.execute(twice)
        await settings.put(tx, SCOPE, "other", 2)
    async with database.read() as tx:
        assert await settings.of(tx, SCOPE) == {SCOPE: {"key": 1, "other": 2}}


async def test_a_reader_sees_one_moment_while_a_writer_commits(database: Database) -> None:
    async with database.read() as reading:
        before = await settings.of(reading, SCOPE)
        async with database.write() as tx:
            await settings.put(tx, SCOPE, "key", 1)
        assert await settings.of(reading, SCOPE) == before
    assert await _value(database) == 1


async def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    async with database.write() as tx:
        await settings.put(tx, SCOPE, "key", 1)
        assert await _value(database) is None


async def test_a_reader_may_not_write(database: Database) -> None:
    with pytest.raises(StorageReadOnly):
        async with database.read() as tx:
            await settings.put(tx, SCOPE, "key", 1)


async def test_writers_go_one_after_another(database: Database) -> None:
    async def add_one() -> None:
        async with database.write() as tx:
            found = (await settings.of(tx, SCOPE))[SCOPE].get("key", 0)
            await settings.put(tx, SCOPE, "key", found + 1)

    await asyncio.gather(*(add_one() for _ in range(40)))
    assert await _value(database) == 40


async def test_two_first_visits_at_once_make_one_person(database: Database) -> None:
    async def visit() -> str:
        async with database.write() as tx:
            return (await people.find_or_add(tx, "test", "7", "Ada", NOW)).id

    assert len(set(await asyncio.gather(*(visit() for _ in range(8))))) == 1


async def test_writers_of_two_processes_go_one_after_another(url: str) -> None:
    databases = [Database(url), Database(url)]

    async def add_one(database: Database) -> None:
        async with database.write() as tx:
            found = (await settings.of(tx, SCOPE))[SCOPE].get("key", 0)
            await settings.put(tx, SCOPE, "key", found + 1)

    await asyncio.gather(*(add_one(databases[number % 2]) for number in range(20)))
    assert await _value(databases[0]) == 20
    for database in databases:
        await database.close()


async def test_a_write_inside_a_write_gives_up_instead_of_waiting_for_itself(url: str) -> None:
    database = Database(url, busy=50)

    async def nested() -> None:
        async with database.write(), database.write():
            pass

    with pytest.raises(StorageBusy):
        await nested()
    await database.close()


async def test_a_close_waits_for_what_is_being_written_and_lets_nothing_in_after(url: str) -> None:
    database, again = Database(url), Database(url)
    begun, on = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with database.write() as tx:
            begun.set()
            await on.wait()
            await settings.put(tx, SCOPE, "key", 1)

    writing = asyncio.create_task(write())
    await begun.wait()
    closing = asyncio.create_task(database.close())
    on.set()
    await asyncio.gather(writing, closing)
    with pytest.raises(StorageUnreachable):
        await database.check()
    assert await _value(again) == 1
    await again.close()


async def test_a_database_that_answers_passes_the_check(database: Database) -> None:
    await database.check()


async def test_the_job_engine_writes_to_the_same_database(database: Database) -> None:
    engine = database.engine_for_jobs()
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO settings (scope, key, value) VALUES ('bot', 'key', '1')"))
    engine.dispose()
    assert await _value(database) == 1


async def test_the_default_database_is_a_file_in_the_data_folder(tmp_path: Path) -> None:
    folder = tmp_path / "what? a #1 100% folder"
    folder.mkdir()
    database = Database(sqlite_url(folder))
    await database.check()
    await database.close()
    assert (folder / "likeness.sqlite3").is_file()
