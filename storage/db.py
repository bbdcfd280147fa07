"""The database: one writer engine, one reader engine, and their transactions.

On SQLite the writer begins with BEGIN IMMEDIATE, so what it reads cannot change before it writes; readers have an
engine of their own, since with one engine they wait behind the writer.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.errors import translate

Transaction: TypeAlias = AsyncConnection

_PRAGMAS = (
    "journal_mode=wal",
    "synchronous=full",
    "busy_timeout={busy}",
    "foreign_keys=on",
    "cache_size=-16000",
)


class Database:
    """Reads and writes as transactions over one SQLite file or one PostgreSQL database.

    `busy` is how many milliseconds a writer waits for another process before StorageBusy.
    """

    def __init__(self, url: str, *, busy: int = 30_000) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._writer = _sqlite_engine(url, "BEGIN IMMEDIATE", busy, pool_size=1)
            self._reader = _sqlite_engine(url, "BEGIN", busy, pool_size=4)
        else:
            self._writer = self._reader = create_async_engine(url, pool_size=10, pool_pre_ping=True)
        self._busy = busy

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """A transaction that commits at the end of the block; raises StorageError."""
        async with _begun(self._writer) as tx:
            yield tx

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A transaction that sees one moment and writes nothing; raises StorageError."""
        async with _begun(self._reader) as tx:
            yield tx

    async def check(self) -> None:
        """Raise StorageError unless the database answers."""
        async with self.read() as tx:
            await tx.execute(text("SELECT 1"))

    def engine_for_jobs(self) -> Engine:
        """A synchronous engine over the same database, for the job engine's own tables.

        It has no begin listener: the job engine's migrations issue BEGIN themselves.
        """
        if not self.is_sqlite:
            return create_engine(make_url(self.url).set(drivername="postgresql+psycopg"), pool_pre_ping=True)
        engine = create_engine(make_url(self.url).set(drivername="sqlite"), pool_size=20, max_overflow=10)
        _listen(engine, self._busy, isolation_level="IMMEDIATE")
        return engine

    async def close(self) -> None:
        await self._writer.dispose()
        await self._reader.dispose()


def sqlite_url(folder: Path) -> str:
    """The default database: one file in the data folder."""
    return f"sqlite+aiosqlite:///{folder / 'likeness.sqlite3'}"


@asynccontextmanager
async def _begun(engine: AsyncEngine) -> AsyncIterator[Transaction]:
    try:
        async with engine.begin() as tx:
            yield tx
    except (DBAPIError, OSError) as exc:
        if ours := translate(exc):
            raise ours from exc
        raise


def _sqlite_engine(url: str, begin: str, busy: int, *, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=pool_size, max_overflow=0, pool_timeout=60)
    _listen(engine.sync_engine, busy, isolation_level=None)

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _listen(engine: Engine, busy: int, *, isolation_level: str | None) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # pragmas take no transaction
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute("PRAGMA " + pragma.format(busy=busy))
        cursor.close()
        connection.isolation_level = isolation_level
