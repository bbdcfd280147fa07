"""Both databases: a SQLite file, and a PostgreSQL server that lives as long as the tests."""

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import NullPool, create_engine
from sqlalchemy.engine import make_url

from storage.db.database import Database, sqlite_url
from storage.db.migrate import migrate
from storage.tables.schema import metadata
from tests.harness.postgres import Postgres

EMPTIED = "; ".join(f"DELETE FROM {name}" for name in ("prompt_words", *reversed(metadata.sorted_tables)))


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with tables, to be copied."""
    folder = tmp_path_factory.mktemp("sqlite")
    asyncio.run(_migrated(sqlite_url(folder)))
    return next(folder.glob("*.sqlite3"))


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> str:
    """The address of a PostgreSQL database with tables, to be emptied after use: a copy takes 0.3 s."""
    return asyncio.run(_migrated(postgres.create()))


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty_url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of a database without tables."""
    return sqlite_url(tmp_path) if kind == "sqlite" else request.getfixturevalue("postgres").create()


@pytest.fixture
def url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database with tables and nothing in them."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path)
        yield sqlite_url(tmp_path)
    else:
        yield (address := request.getfixturevalue("migrated_postgres"))
        engine = create_engine(make_url(address).set(drivername="postgresql+psycopg"), poolclass=NullPool)
        with engine.begin() as connection:
            connection.exec_driver_sql(EMPTIED)


@pytest_asyncio.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = Database(url)
    yield opened
    await opened.close()


async def _migrated(url: str) -> str:
    database = Database(url)
    await migrate(database)
    await database.close()
    return url


@dataclass(frozen=True, slots=True)
class Disk:
    """A disk of 1 MB that can really be full or read-only."""

    folder: Path

    def fill(self) -> Path:
        """Take all the space that is left; the file to delete to have it back."""
        filler = self.folder / "filler"
        filler.touch()
        with suppress(OSError), filler.open("ab", buffering=0) as file:
            while True:
                file.write(bytes(512))
        return filler

    def make_read_only(self) -> None:
        _mount("-o", "remount,ro", str(self.folder)).check_returncode()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = _mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder))
    if mounted.returncode:
        pytest.skip(f"only root may mount a disk: {mounted.stderr.strip()}")
    yield Disk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _mount(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["mount", *arguments], capture_output=True, text=True)
