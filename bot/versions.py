"""The versions of what the bot stands on, and whether they will do."""

import platform
import sqlite3
from collections.abc import Mapping

from bot.core.chat.errors import BadSetting
from storage.db.sqlite_version import lacking_here


def versions() -> dict[str, str]:
    """The versions of Python and of its SQLite."""
    return {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}


def check_versions(settings: Mapping[str, str]) -> None:
    """Raise BadSetting if the database is to be SQLite's and this Python's SQLite will not do."""
    if settings.get("DATABASE_URL", "").startswith("postgres"):  # whose own check comes later
        return
    if lack := lacking_here():
        raise BadSetting("DATABASE_URL", f"{lack}: use another Python, or give the address of a PostgreSQL database")
