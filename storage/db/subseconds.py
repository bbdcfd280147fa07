"""Milliseconds for an older SQLite: `unixepoch('subsec')`, which it has itself from 3.42 on.

From Python 3.12 on the job engine's tables take their times from it; an older SQLite answers NULL, and every start died.
"""

import sqlite3
import time
from typing import Any

BUILT_IN = (3, 42)
"""The version of SQLite that brought it (its change log of 2023-05-16)."""


def add_subseconds(connection: Any, version: tuple[int, ...] = sqlite3.sqlite_version_info) -> None:
    """Teach a connection, sqlite3's or aiosqlite's, the function where its SQLite lacks it.

    Every connection that writes the job engine's tables needs it: it stands in their columns' defaults.
    """
    if version < BUILT_IN:
        connection.create_function("unixepoch", 1, _unixepoch)


def _unixepoch(modifier: object) -> float:
    """The present in seconds since 1970, to the millisecond; raises ValueError for any other modifier."""
    if modifier != "subsec":
        raise ValueError(f"only unixepoch('subsec') is known here, not {modifier!r}")
    return round(time.time(), 3)
