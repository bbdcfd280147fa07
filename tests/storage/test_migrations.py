"""The tables: from nothing to this version's shape, and never back from a newer one."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from storage.db.database import Database, sqlite_url
from storage.db.errors import StorageNewer
from storage.db.migrate import migrate, newest, state
from storage.tables import settings
from storage.tables.owners import BOT_SETTINGS
from storage.tables.schema import metadata

OWN_SPELLING = "prompt_words"
"""The full-text index and what SQLite keeps for it are no tables of the schema."""


@pytest_asyncio.fixture
async def empty(empty_url: str) -> AsyncIterator[Database]:
    database = Database(empty_url)
    yield database
    await database.close()


def _differences(connection: Connection) -> list[object]:
    def named(name: str | None, type_: str, _parents: object) -> bool:
        return not (type_ == "table" and (name or "").startswith(OWN_SPELLING))

    options = {"compare_type": True, "include_name": named}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def _indexes(connection: Connection) -> set[str]:
    """The indexes as their database spells them, conditions included, which a comparison of names would miss."""
    query = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name NOT LIKE :own",
        "postgresql": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE :own "
        "AND tablename <> 'alembic_version'",
    }[connection.dialect.name]
    return {" ".join(sql.split()) for sql in connection.scalars(text(query), {"own": OWN_SPELLING + "%"})}


def _tables(connection: Connection) -> list[str]:
    return inspect(connection).get_table_names()


async def test_from_an_empty_database_come_the_tables_of_the_schema(database: Database) -> None:
    async with database.read() as tx:
        assert await tx.run_sync(_differences) == []


async def test_indexes_hold_the_same_conditions_as_in_the_schema(database: Database, empty: Database) -> None:
    async with empty.write() as tx:
        await tx.run_sync(metadata.create_all)
        wanted = await tx.run_sync(_indexes)
    async with database.read() as tx:
        assert await tx.run_sync(_indexes) == wanted


async def test_a_database_without_tables_has_no_revision(empty: Database) -> None:
    assert await state(empty) == (None, newest())
    await migrate(empty)
    assert await state(empty) == (newest(), newest())


async def test_migrating_again_changes_nothing(database: Database) -> None:
    async with database.write() as tx:
        await settings.put(tx, BOT_SETTINGS, "key", 1)
    await migrate(database)
    async with database.read() as tx:
        assert await settings.of(tx, BOT_SETTINGS) == {BOT_SETTINGS: {"key": 1}}
        assert await tx.run_sync(_differences) == []


async def test_tables_that_are_up_to_date_wait_for_no_writer(url: str, database: Database) -> None:
    second = Database(url, busy=50)
    async with database.write() as tx:
        await settings.put(tx, BOT_SETTINGS, "key", 1)
        await migrate(second)
    await second.close()


async def test_two_processes_that_migrate_at_once_make_the_tables_once(empty_url: str) -> None:
    databases = [Database(empty_url), Database(empty_url)]
    await asyncio.gather(*(migrate(database) for database in databases))
    assert await state(databases[0]) == (newest(), newest())
    for database in databases:
        await database.close()


async def test_a_database_of_a_newer_version_is_refused_in_one_sentence_and_left_alone(empty: Database) -> None:
    await migrate(empty)
    async with empty.write() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageNewer, match=rf"^[^.]* 9999, [^.]* {newest()}$"):
        await migrate(empty)
    assert await state(empty) == ("9999", newest())


async def test_a_migration_that_fails_leaves_nothing_half_made(empty: Database) -> None:
    async with empty.write() as tx:
        await tx.execute(text("CREATE TABLE votes (something integer)"))
    with pytest.raises(Exception, match="votes"):
        await migrate(empty)
    async with empty.read() as tx:
        assert await tx.run_sync(_tables) == ["votes"]
    assert await state(empty) == (None, newest())


async def test_a_second_database_in_the_same_process_has_a_shape_of_its_own(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    first, second = (Database(sqlite_url(tmp_path_factory.mktemp(name))) for name in ("first", "second"))
    await migrate(first)
    assert await state(second) == (None, newest())
    await first.close()
    await second.close()
