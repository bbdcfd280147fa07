"""Opening the database and the blob store that the settings name."""

from contextlib import AsyncExitStack
from pathlib import Path

from bot.data_folder import data_folder
from bot.jobs.settings import Role
from bot.process_locks import lock_file, lock_folder
from bot.settings import Settings, StorageSettings
from providers.contract.errors import SettingError
from storage.blobs.store import Blobs, open_blobs
from storage.db import address
from storage.db.database import Database, sqlite_url
from storage.db.errors import StorageError
from storage.db.migrate import migrate

BUSY = 2_000
"""Milliseconds a start waits for another program to let go of the database; a request waits longer."""


def database_of(settings: StorageSettings) -> Database:
    """Open the database of DATABASE_URL, else of DATA_DIR; raises SettingError."""
    return Database(address_of(settings) or address.read(sqlite_url(data_folder(settings))))


def address_of(settings: StorageSettings) -> address.Address | None:
    """Return the address in DATABASE_URL, with the password of DATABASE_PASSWORD; None without one.

    Raises SettingError.
    """
    if not settings.database_url:
        return None
    try:
        return address.read(settings.database_url, settings.database_password)
    except address.BadAddress as exc:
        raise SettingError("DATABASE_URL", str(exc)) from exc


def blobs_of(settings: Settings) -> Blobs:
    """Open the blob store of BLOB_URL, else of DATA_DIR; raises SettingError or StorageError."""
    pictures = settings.pictures
    try:
        folder = Path() if pictures.url else data_folder(settings.storage)
        return open_blobs(folder / "blobs", pictures.url, pictures.key, pictures.options)
    except ValueError as exc:
        raise SettingError("BLOB_KEY", f"give 32 bytes in URL-safe base64 ({exc})") from exc
    except StorageError as exc:
        if not pictures.url:
            raise
        raise SettingError("BLOB_URL", f"write it like s3://bucket, gs://bucket or az://container ({exc})") from exc


async def check_writable(where: address.Address) -> None:
    """Raise StorageError soon when a database cannot be written or another program holds it."""
    database = Database(where, busy=BUSY)
    try:
        async with database.write():
            pass
    finally:
        await database.close()


def check_shared(settings: Settings) -> None:
    """Raise SettingError unless other processes can reach the same rows and bytes."""
    found = address_of(settings.storage)
    if found is None or found.is_sqlite:
        raise SettingError("DATABASE_URL", "a worker shares the database of `run`: give the same postgresql://…")
    if not settings.pictures.url:
        raise SettingError("BLOB_URL", "a worker shares the pictures of `run`: give the same s3://…, gs://… or az://…")


async def open_stores(stack: AsyncExitStack, settings: Settings, role: Role) -> tuple[Database, Blobs]:
    """Open and migrate the database, locked where it is this process' own, and the blobs; the stack closes both.

    Raises SettingError, InUse or StorageError.
    """
    if role == "worker":
        check_shared(settings)
    database, blobs = database_of(settings.storage), blobs_of(settings)
    stack.push_async_callback(database.close)
    if role == "run":
        stack.callback(lock_folder(data_folder(settings.storage)).release)
    await check_writable(database.address)
    if database.file:
        stack.callback(lock_file(database.file).release)
    await migrate(database)
    return database, blobs
