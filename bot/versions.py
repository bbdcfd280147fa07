"""The versions of what the bot stands on, and whether they will do."""

import platform
import sqlite3

from bot.settings import StorageSettings
from providers.contract.errors import SettingError
from storage.db.sqlite_version import lacking_here


def versions() -> dict[str, str]:
    """The versions of Python and of its SQLite."""
    return {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}


def check_versions(settings: StorageSettings) -> None:
    """Raise SettingError if the database is to be SQLite's and this Python's SQLite will not do."""
    if (settings.database_url or "").startswith("postgres"):  # whose own check comes later
        return
    if lack := lacking_here():
        raise SettingError("DATABASE_URL", f"{lack}: use another Python, or give the address of a PostgreSQL database")
