"""SQLite for the async engines, with fewer messages to a connection's thread.

SQLAlchemy's own cursor over aiosqlite sends four of them for a statement: open, execute, fetch and close. Each wakes a
thread and then waits its turn on the loop, which takes longer than most of our statements do. Here one message brings
all rows, and in short transactions none does.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util.concurrency import await_


@dataclass(slots=True)
class _Told:
    """What is left of a cursor that was read to its end."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    arraysize: int = 1

    def close(self) -> None: ...


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    __slots__ = ()
    _awaitable_cursor_close = False

    def __init__(self, connection: Any) -> None:
        self._adapt_connection = connection
        self._connection = connection._connection
        self._cursor: Any = _Told()
        self._soft_closed_memoized: Any = {}
        self._rows: deque[Any] = deque()

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        await self._read(lambda driver: driver.execute(operation, parameters or ()))

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> None:
        await self._read(lambda driver: driver.executemany(operation, seq_of_parameters))

    async def _read(self, run: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> None:
        ours: Any = self._adapt_connection
        theirs: Any = self._connection
        if ours.short:
            self._cursor, rows = _to_its_end(theirs._conn, run)
        else:
            self._cursor, rows = await theirs._execute(_to_its_end, theirs._conn, run)
        self._rows = deque(rows)


def _to_its_end(
    driver: sqlite3.Connection, run: Callable[[sqlite3.Connection], sqlite3.Cursor]
) -> tuple[_Told, Sequence[Any]]:
    cursor = run(driver)
    rows = cursor.fetchall() if cursor.description else ()
    told = _Told(cursor.description, cursor.rowcount, cursor.lastrowid)
    cursor.close()
    return told, rows


class SqliteConnection(AsyncAdapt_aiosqlite_connection):
    """A connection; while `short` is set its statements run on the spot, on the loop's own thread."""

    __slots__ = ("short",)
    _cursor_cls: Any = _Cursor

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self.short = False


class _Driver(AsyncAdapt_aiosqlite_dbapi):
    def connect(self, *arg: Any, **kw: Any) -> SqliteConnection:
        connection = self.aiosqlite.connect(*arg, **kw)
        connection._thread.daemon = True  # a connection that was not closed must not keep the process
        return SqliteConnection(self, await_(connection))


def driver() -> Any:
    """The driver that create_async_engine takes as `module`."""
    return _Driver(aiosqlite, sqlite3)
