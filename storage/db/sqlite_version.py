"""What this Python's SQLite can do, and what is made up for where it is older."""

import sqlite3
import time
from collections.abc import Collection
from typing import Any

OLDEST = (3, 40)
"""The oldest SQLite that the tests have run on (Debian 12 has it)."""
WITH_SUBSECONDS = (3, 42)
"""The version that brought `unixepoch('subsec')` (its change log of 2023-05-16)."""


def lacking(version: tuple[int, ...], options: Collection[str]) -> str | None:
    """What a SQLite of this version, compiled with these options, lacks; None if nothing."""
    if version < OLDEST:
        return (
            f"SQLite {'.'.join(map(str, OLDEST))} or newer is needed, and this Python has {'.'.join(map(str, version))}"
        )
    if "ENABLE_FTS5" not in options:
        return "this Python's SQLite was built without the full-text search FTS5"
    return None


def lacking_here() -> str | None:
    """What this Python's SQLite lacks; None if nothing."""
    connection = sqlite3.connect(":memory:")
    try:
        return lacking(
            sqlite3.sqlite_version_info, [option for (option,) in connection.execute("PRAGMA compile_options")]
        )
    finally:
        connection.close()


def add_subseconds(connection: Any, version: tuple[int, ...] = sqlite3.sqlite_version_info) -> None:
    """Teach a connection, sqlite3's or aiosqlite's, `unixepoch('subsec')` where its SQLite is too old for it.

    From Python 3.12 on the job engine's columns have it as their default, so every connection that writes its tables
    needs it. An older SQLite answers NULL.
    """
    if version < WITH_SUBSECONDS:
        connection.create_function("unixepoch", 1, _unixepoch)


def _unixepoch(modifier: object) -> float:
    """The present in seconds since 1970, to the millisecond; raises ValueError for any other modifier."""
    if modifier != "subsec":
        raise ValueError(f"only unixepoch('subsec') is known here, not {modifier!r}")
    return round(time.time(), 3)
