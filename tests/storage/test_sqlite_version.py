"""Older SQLites: what they lack is made up for, or said in the first sentence of a start."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.db import sqlite_version
from storage.db.database import Database, sqlite_url

MILLISECONDS = "SELECT typeof(unixepoch('subsec')), abs(unixepoch('subsec') - strftime('%s', 'now')) < 5"
"""What the job engine's tables take their times from, from Python 3.12 on."""


async def test_every_connection_that_writes_tells_milliseconds(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path))
    async with database.write() as tx:
        await tx.execute(
            text("CREATE TABLE moments (id INTEGER, at INTEGER NOT NULL DEFAULT (unixepoch('subsec') * 1000))")
        )
        await tx.execute(text("INSERT INTO moments (id) VALUES (1)"))
        assert (await tx.execute(text(MILLISECONDS))).one() == ("real", 1)
    engine = database.engine_for_jobs()
    with engine.begin() as connection:
        assert connection.execute(text(MILLISECONDS)).one() == ("real", 1)
        connection.execute(text("INSERT INTO moments (id) VALUES (2)"))
        assert connection.execute(text("SELECT count(*) FROM moments WHERE at > 1.7e12")).scalar() == 2
    engine.dispose()
    await database.close()


def test_an_older_sqlite_is_taught_the_function_and_a_newer_one_keeps_its_own() -> None:
    with closing(sqlite3.connect(":memory:")) as older, closing(sqlite3.connect(":memory:")) as newer:
        before = newer.execute("SELECT typeof(unixepoch('subsec'))").fetchone()
        sqlite_version.add_subseconds(older, (3, 41, 2))
        sqlite_version.add_subseconds(newer, (3, 42, 0))
        assert older.execute(MILLISECONDS).fetchone() == ("real", 1)
        assert newer.execute("SELECT typeof(unixepoch('subsec'))").fetchone() == before
        with pytest.raises(sqlite3.OperationalError):
            older.execute("SELECT unixepoch('2024-01-01')")


@pytest.mark.parametrize(
    ("version", "options", "lack"),
    [
        ((3, 40, 0), ["ENABLE_FTS5"], None),
        ((3, 51, 1), ["ENABLE_FTS5", "THREADSAFE=1"], None),
        ((3, 37, 2), ["ENABLE_FTS5"], "SQLite 3.40 or newer is needed, and this Python has 3.37.2"),
        ((3, 45, 0), [], "this Python's SQLite was built without the full-text search FTS5"),
    ],
)
def test_what_a_sqlite_lacks_is_named(version: tuple[int, ...], options: list[str], lack: str | None) -> None:
    assert sqlite_version.lacking(version, options) == lack


def test_this_sqlite_will_do() -> None:
    assert sqlite_version.lacking_here() is None
