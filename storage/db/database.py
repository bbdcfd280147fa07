"""The database: one writer engine, one reader engine, and their transactions.

Writers go one after another, so what one reads cannot change before it writes: on SQLite by BEGIN IMMEDIATE, on
PostgreSQL by a lock of ours. Readers have an engine of their own, since with one engine they wait behind the writer.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.db import address, sqlite
from storage.db.address import Address
from storage.db.errors import StorageDenied, StorageReadOnly, StorageUnreachable, first_line, translate
from storage.db.sqlite_version import add_subseconds

Transaction: TypeAlias = AsyncConnection

READERS = 4
"""Connections that read at once; one writes."""
_PRAGMAS = ("journal_mode=wal", "synchronous=full", "foreign_keys=on", "cache_size=-16000", "secure_delete=on")
"""`secure_delete` overwrites what is deleted with zeros (https://www.sqlite.org/pragma.html#pragma_secure_delete)."""
PAUSED = 8_000
"""Milliseconds in which a process may say nothing amid a transaction before PostgreSQL ends it: one that is stopped or
cut off would keep all others from writing."""
LAST = 5.0
"""Seconds that transactions which are open get to end before their connections are closed."""
_SHORT = "short"
_IDLE = "idle_in_transaction_session_timeout"
_WRITERS_LOCK = int.from_bytes(b"likeness")
"""The number of the lock that PostgreSQL's writers wait for, which other programs of the server will not take."""


class Database:
    """Reads and writes as transactions over one SQLite file or one PostgreSQL database.

    `busy` is how many milliseconds a transaction waits for others to end before StorageBusy. A write inside a write
    would wait for itself, and ends so too.
    """

    def __init__(self, where: str | Address, *, busy: int = 30_000) -> None:
        self.address = where if isinstance(where, Address) else address.read(where)
        self.is_sqlite = self.address.is_sqlite
        self._busy = busy
        self._open = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._closed = False
        self._after_commit: list[Callable[[], None]] = []
        self._writer = _engine(self.address, busy, pool_size=1)
        self._briefly = self._writer.execution_options(**{_SHORT: True})
        self._reader = _engine(self.address, busy, pool_size=READERS)
        if self.is_sqlite:
            _at_connect(self._writer.sync_engine, busy, _PRAGMAS, isolation_level=None)
            _at_connect(self._reader.sync_engine, busy, (*_PRAGMAS, "query_only=on"), isolation_level=None)
            _at_begin(self._writer, _in_one_step("BEGIN IMMEDIATE"))
            _at_begin(self._reader, _in_one_step("BEGIN"))
        else:
            lock = (
                f"SELECT set_config('lock_timeout', '{busy}', true), "
                f"set_config('{_IDLE}', '{PAUSED}', true), pg_advisory_xact_lock({_WRITERS_LOCK})"
            )
            _at_begin(self._writer, lambda connection: connection.exec_driver_sql(lock))
            self._reader = self._reader.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @property
    def url(self) -> str:
        """Its address with our driver, password included."""
        return self.address.for_asyncio()[0].render_as_string(hide_password=False)

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database; None for a server's, or one in memory."""
        name = self.address.url.database if self.is_sqlite else None
        return Path(name) if name and name != ":memory:" else None

    @asynccontextmanager
    async def write(self, *, short: bool = False) -> AsyncIterator[Transaction]:
        """A transaction that commits at the end of the block; raises StorageError.

        A short one only touches few rows by their keys. On SQLite its statements do not wait their turn on the loop,
        so that the next writer comes sooner.
        """
        async with self._connected(self._briefly if short else self._writer) as tx, tx.begin():
            self._after_commit = after_commit = list[Callable[[], None]]()
            yield tx
        for do in after_commit:
            do()

    def after_commit(self, do: Callable[[], None]) -> None:
        """Call `do` once the open write has committed, and never if it rolls back. One write is open at a time."""
        self._after_commit.append(do)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A transaction that sees one moment and may write nothing; raises StorageError."""
        async with self._connected(self._reader) as tx:
            yield tx  # begun by the first statement, ended by closing the connection: there is nothing to commit

    async def check(self) -> None:
        """Raise StorageError unless the database answers."""
        async with self.read() as tx:
            await tx.execute(text("SELECT 1"))

    async def scrub(self) -> bool:
        """Empty SQLite's write-ahead log, which keeps older versions of pages; whether that could be done.

        Waits up to the busy time-out for readers of older versions. On PostgreSQL there is nothing to do: a deleted
        row leaves its pages with the next vacuum.
        """
        if self.file is None:
            return True
        return await asyncio.to_thread(_truncate_log, self.file, self._busy)

    def engine_for_jobs(self) -> Engine:
        """A synchronous engine over the same database, for the job engine's own tables.

        It has no begin listener: the job engine's migrations issue BEGIN themselves.
        """
        if not self.is_sqlite:
            paused = {"options": f"-c {_IDLE}={PAUSED}"}
            url = self.address.for_threads()
            return create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=paused)
        engine = create_engine(self.address.for_threads(), pool_size=20, max_overflow=10, hide_parameters=True)
        _at_connect(engine, self._busy, _PRAGMAS, isolation_level="IMMEDIATE")
        return engine

    async def close(self) -> None:
        """Let the transactions that are open end, and close every connection; later ones raise StorageUnreachable.

        A connection that is out when its pool is closed would never be.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST):
                await self._quiet.wait()
        self._closed = True
        await self._writer.dispose()
        await self._reader.dispose()

    @asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[Transaction]:
        """A connection that a close waits for."""
        if self._closed:
            raise StorageUnreachable("it is closed")
        self._open += 1
        self._quiet.clear()
        try:
            async with _translated(engine) as connection:
                yield connection
        finally:
            self._open -= 1
            if not self._open:
                self._quiet.set()


def _truncate_log(file: Path, busy: int) -> bool:
    with closing(sqlite3.connect(file, timeout=busy / 1000, isolation_level=None)) as connection:
        blocked, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not blocked


def sqlite_url(folder: Path) -> str:
    """The default database: one file in the data folder."""
    return URL.create("sqlite+aiosqlite", database=str(folder / "likeness.sqlite3")).render_as_string()


@asynccontextmanager
async def _translated(engine: AsyncEngine) -> AsyncIterator[Transaction]:
    """A connection whose errors are ours."""
    async with AsyncExitStack() as stack:
        try:
            connection = await stack.enter_async_context(engine.connect())
        except (DBAPIError, PoolTimeout, OSError) as exc:
            ours = translate(exc)
            if isinstance(ours, StorageReadOnly) and engine.dialect.name == "postgresql":
                ours = StorageDenied(str(ours))  # a right that lacks before anything is written is that to connect
            raise ours or StorageUnreachable(first_line(exc)) from exc
        try:
            yield connection
        except (DBAPIError, sqlite3.Error) as exc:
            if ours := translate(exc):
                raise ours from exc
            raise


def _engine(where: Address, busy: int, *, pool_size: int) -> AsyncEngine:
    url, connect = where.for_asyncio()
    return create_async_engine(
        url,
        connect_args=connect,
        **({"module": sqlite.driver()} if where.is_sqlite else {}),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=busy / 1000,
        pool_pre_ping=not where.is_sqlite,
        hide_parameters=True,  # errors reach the log, and what people wrote must not
    )


def _at_begin(engine: AsyncEngine, begin: Callable[[Connection], object]) -> None:
    event.listen(engine.sync_engine, "begin", begin)


def _in_one_step(statement: str) -> Callable[[Connection], object]:
    """Send a statement to a SQLite connection's thread in one message instead of the three that a cursor takes."""

    def send(connection: Connection) -> None:
        raw: Any = connection.connection.dbapi_connection
        raw.run_async(lambda driver: driver.execute(statement))
        raw.short = bool(connection.get_execution_options().get(_SHORT))

    return send


def _at_connect(engine: Engine, busy: int, pragmas: Sequence[str], *, isolation_level: str | None) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # pragmas take no transaction
        cursor = connection.cursor()
        # Turning on the write-ahead log waits for other processes too.
        for pragma in (f"busy_timeout={busy}", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        add_subseconds(connection)
        connection.isolation_level = isolation_level
