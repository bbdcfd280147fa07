"""What goes wrong below the tables, made to happen, and what we call it."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from storage.db.database import Database, sqlite_url
from storage.db.errors import StorageBusy, StorageError, StorageFull, StorageReadOnly, StorageUnreachable, translate
from storage.db.migrate import migrate
from storage.tables import settings
from storage.tables.owners import BOT_SETTINGS
from tests.storage.conftest import Disk

SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
POSTGRES = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
LONG = "x" * 200_000
SECRET = "my secret prompt"


async def _put(database: Database, value: str) -> None:
    async with database.write() as tx:
        await settings.put(tx, BOT_SETTINGS, "key", value)


async def _value(database: Database) -> object:
    async with database.read() as tx:
        return (await settings.of(tx, BOT_SETTINGS))[BOT_SETTINGS].get("key")


@asynccontextmanager
async def _opened(url: str, *, busy: int = 30_000) -> AsyncIterator[Database]:
    database = Database(url, busy=busy)
    try:
        yield database
    finally:
        await database.close()


# ── full ─────────────────────────────────────────────────────────────────────────────────────────────────


@SQLITE
async def test_a_database_that_may_not_grow_is_full_and_keeps_what_it_had(database: Database) -> None:
    await _put(database, "before")
    async with database.write() as tx:  # the writer is one connection, so the limit stays
        pages = int(await tx.scalar(text("PRAGMA page_count")) or 0)
        await tx.execute(text(f"PRAGMA max_page_count = {pages + 1}"))
    with pytest.raises(StorageFull):
        await _put(database, LONG)
    assert await _value(database) == "before"
    async with database.write() as tx:
        await tx.execute(text(f"PRAGMA max_page_count = {pages + 1000}"))
    await _put(database, LONG)
    assert await _value(database) == LONG


async def test_a_full_disk_is_said_to_be_full_until_there_is_room_again(disk: Disk) -> None:
    async with _opened(sqlite_url(disk.folder)) as database:
        await migrate(database)
        await _put(database, "before")
        filler = disk.fill()
        with pytest.raises(StorageFull):
            await _put(database, LONG)
        assert await _value(database) == "before"
        filler.unlink()
        await _put(database, "after")
        assert await _value(database) == "after"


async def test_tables_that_find_no_room_are_not_made_at_all(disk: Disk) -> None:
    async with _opened(sqlite_url(disk.folder)) as database:
        await database.check()
        filler = disk.fill()
        with pytest.raises(StorageFull):
            await migrate(database)
        filler.unlink()
        await migrate(database)
        await _put(database, "after")


@POSTGRES
async def test_a_server_without_room_is_full_in_whatever_language_it_says_so(database: Database) -> None:
    said = "DO $$ BEGIN RAISE EXCEPTION 'plus d''espace disponible' USING ERRCODE = 'disk_full'; END $$"
    with pytest.raises(StorageFull, match="plus d'espace"):
        await _run(database, said)


# ── read-only ────────────────────────────────────────────────────────────────────────────────────────────


@SQLITE
async def test_a_file_opened_for_reading_is_read_only(url: str, tmp_path: Path) -> None:
    async with _opened(url) as database:
        await _put(database, "before")
    file = URL.create(
        "sqlite+aiosqlite", database=f"file:{tmp_path}/likeness.sqlite3", query={"mode": "ro", "uri": "true"}
    )
    async with _opened(file.render_as_string()) as database:
        assert await _value(database) == "before"
        with pytest.raises(StorageReadOnly):
            await _put(database, "after")


async def test_a_file_on_a_disk_that_may_not_be_written_cannot_be_reached_even_for_reading(disk: Disk) -> None:
    async with _opened(sqlite_url(disk.folder)) as database:
        await migrate(database)
    disk.make_read_only()
    async with _opened(sqlite_url(disk.folder)) as database:
        for refused in (_put(database, "after"), database.check()):
            with pytest.raises(StorageUnreachable):
                await refused


@POSTGRES
async def test_a_server_that_only_reads_is_read_only(empty_url: str) -> None:
    async with _opened(empty_url) as database:
        await migrate(database)
        name = make_url(empty_url).database
        await _run(database, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    async with _opened(empty_url) as database:
        with pytest.raises(StorageReadOnly):
            await _put(database, "after")


@POSTGRES
async def test_a_table_we_have_no_right_to_write_is_read_only(database: Database) -> None:
    with pytest.raises(StorageReadOnly):
        await _run(database, "SET LOCAL ROLE pg_read_all_data", "INSERT INTO events VALUES ('e1', 0)")


# ── busy ─────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_writer_does_not_wait_for_ever_for_another_process(url: str, database: Database) -> None:
    async with _opened(url, busy=50) as second, database.write() as tx:
        await settings.put(tx, BOT_SETTINGS, "key", "first")
        with pytest.raises(StorageBusy):
            await _put(second, "second")
    assert await _value(database) == "first"


@SQLITE
async def test_a_file_that_another_program_holds_is_busy_for_writers_and_open_for_readers(
    url: str, tmp_path: Path
) -> None:
    async with _opened(url) as database:
        await _put(database, "before")
    async with _opened(url, busy=50) as database:
        with closing(sqlite3.connect(tmp_path / "likeness.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(StorageBusy):
                await _put(database, "after")
            assert await _value(database) == "before"


@SQLITE
async def test_a_new_file_that_another_program_holds_is_busy(empty_url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "likeness.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        async with _opened(empty_url, busy=50) as database:
            with pytest.raises(StorageBusy):
                await migrate(database)
    async with _opened(empty_url) as database:
        await migrate(database)


# ── unreachable ──────────────────────────────────────────────────────────────────────────────────────────


async def test_a_file_cannot_be_reached_until_its_folder_is_there(tmp_path: Path) -> None:
    async with _opened(sqlite_url(tmp_path / "later")) as database:
        with pytest.raises(StorageUnreachable):
            await database.check()
        (tmp_path / "later").mkdir()
        await database.check()


def test_a_file_that_is_no_database_cannot_be_reached_and_nothing_holds_it_afterwards(tmp_path: Path) -> None:
    (tmp_path / "likeness.sqlite3").write_bytes(b"these are my holiday notes" * 100)

    async def refused() -> None:
        async with _opened(sqlite_url(tmp_path)) as database:
            with pytest.raises(StorageUnreachable):
                await database.check()

    before = set(threading.enumerate())
    asyncio.run(refused())
    left = set(threading.enumerate()) - before
    for thread in left:
        thread.join(5)
    assert not any(thread.is_alive() for thread in left)


@POSTGRES
@pytest.mark.parametrize(
    "change",
    [
        {"database": "nowhere"},
        {"username": "nobody"},
        {"query": {"host": "/nowhere"}},
        {"host": "127.0.0.1", "port": 1, "query": {}},
        {"host": "localhost", "port": 1, "query": {}},
        {"host": "name.invalid", "query": {}},
    ],
    ids=str,
)
async def test_a_server_that_is_not_there_or_turns_us_away_cannot_be_reached(
    url: str, change: dict[str, object]
) -> None:
    async with _opened(make_url(url).set(**change).render_as_string(False)) as database:
        for refused in (database.check(), migrate(database)):
            with pytest.raises(StorageUnreachable):
                await refused


@POSTGRES
async def test_a_server_that_goes_away_takes_the_transaction_with_it_and_the_next_one_works(
    url: str, database: Database
) -> None:
    async def cut_off() -> None:
        async with database.write() as tx:
            await settings.put(tx, BOT_SETTINGS, "key", "lost")
            backend = await tx.scalar(text("SELECT pg_backend_pid()"))
            async with _opened(url) as other:
                await _read(other, f"SELECT pg_terminate_backend({backend}, 5000)")
            await settings.put(tx, BOT_SETTINGS, "other", "lost too")

    with pytest.raises(StorageUnreachable):
        await cut_off()
    await _put(database, "after")
    assert await _value(database) == "after"


# ── all others ───────────────────────────────────────────────────────────────────────────────────────────


async def test_our_own_mistakes_are_no_fault_of_the_storage(database: Database) -> None:
    with pytest.raises(DBAPIError):
        await _run(database, "SELECT nothing FROM nowhere")
    assert translate(ValueError("disk")) is None


async def test_no_error_repeats_what_a_person_wrote(database: Database) -> None:
    with pytest.raises(DBAPIError) as caught:
        await _twice(database)
    assert SECRET not in str(caught.value)


def test_each_error_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in (StorageError, *StorageError.__subclasses__())]
    assert len(set(codes)) == len(codes) == 8


async def _run(database: Database, *statements: str) -> None:
    async with database.write() as tx:
        for statement in statements:
            await tx.execute(text(statement))


async def _read(database: Database, statement: str) -> None:
    async with database.read() as tx:
        await tx.execute(text(statement))


async def _twice(database: Database) -> None:
    async with database.write() as tx:
        for _ in range(2):
            await tx.execute(text("INSERT INTO events (id, seen_at) VALUES (:id, 0)"), {"id": SECRET})
