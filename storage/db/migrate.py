"""Bringing the tables to this version's shape."""

import logging
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from storage.db.database import Database
from storage.db.errors import StorageNewer

MIGRATIONS = Path(__file__).parent.parent / "migrations"


async def migrate(database: Database) -> None:
    """Create or upgrade the tables in one transaction; raises StorageNewer or another StorageError."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    async with database.read() as tx:
        if await tx.run_sync(_revision) == newest():
            return
    async with database.write() as tx:
        await tx.run_sync(_upgrade)


async def state(database: Database) -> tuple[str | None, str]:
    """The revision of the tables (None: no tables yet) and the newest one this version knows."""
    async with database.read() as tx:
        return await tx.run_sync(_revision), newest()


def newest() -> str:
    """The newest revision this version knows."""
    return ScriptDirectory.from_config(config_of()).get_current_head() or ""


def config_of(connection: Connection | None = None) -> Config:
    """Alembic's settings for our migrations, to run on a connection."""
    config = Config(attributes={"connection": connection} if connection else {})
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def _revision(connection: Connection, *_: Any) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection) -> None:
    try:
        command.upgrade(config_of(connection), "head")
    except CommandError as exc:
        found = _revision(connection)
        raise StorageNewer(f"its tables are of revision {found}, and this version knows none after {newest()}") from exc
