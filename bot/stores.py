"""Opening the database and the blob store that the settings name."""

from contextlib import AsyncExitStack
from pathlib import Path

from bot.jobs.settings import Role
from bot.process_locks import lock_file, lock_folder
from bot.settings import StorageSettings
from providers.contract.errors import SettingError
from storage.blobs import Blobs, open_blobs
from storage.db.database import Database, sqlite_url
from storage.db.errors import StorageError
from storage.db.migrate import migrate

BUSY = 2_000
"""Milliseconds a start waits for another program to let go of the database; a request waits longer."""


def folder_of(settings: StorageSettings) -> Path:
    """Return the folder of DATA_DIR, made where there is none; raises SettingError."""
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise SettingError("DATA_DIR", f"choose a folder that can be written; {folder} cannot: {exc.strerror}") from exc
    return folder


def database_of(settings: StorageSettings) -> Database:
    """Open the database of DATABASE_URL, else of DATA_DIR; raises SettingError."""
    url = settings.database_url or sqlite_url(folder_of(settings))
    if not url.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
        raise SettingError("DATABASE_URL", "begin it with sqlite+aiosqlite:// or postgresql+asyncpg://")
    return Database(url)


def blobs_of(settings: StorageSettings) -> Blobs:
    """Open the blob store of BLOB_URL, else of DATA_DIR; raises SettingError or StorageError."""
    url = settings.blob_url
    try:
        folder = Path() if url else folder_of(settings)
        return open_blobs(folder / "blobs", url, settings.blob_key)
    except ValueError as exc:
        raise SettingError("BLOB_KEY", f"give 32 bytes in URL-safe base64 ({exc})") from exc
    except StorageError as exc:
        if not url:
            raise
        raise SettingError("BLOB_URL", f"write it like s3://bucket, gs://bucket or az://container ({exc})") from exc


async def check_writable(url: str) -> None:
    """Raise StorageError soon when the database at `url` cannot be written or another program holds it."""
    database = Database(url, busy=BUSY)
    try:
        async with database.write():
            pass
    finally:
        await database.close()


def check_shared(settings: StorageSettings) -> None:
    """Raise SettingError unless other processes can reach the same rows and bytes."""
    if not (settings.database_url or "").startswith("postgresql"):
        raise SettingError(
            "DATABASE_URL", "a worker shares the database of `run`: give the same postgresql+asyncpg://…"
        )
    if not settings.blob_url:
        raise SettingError("BLOB_URL", "a worker shares the pictures of `run`: give the same s3://…, gs://… or az://…")


async def open_stores(stack: AsyncExitStack, settings: StorageSettings, role: Role) -> tuple[Database, Blobs]:
    """Open and migrate the database, locked where it is this process' own, and the blobs; the stack closes both."""
    if role == "worker":
        check_shared(settings)
    database, blobs = database_of(settings), blobs_of(settings)
    stack.push_async_callback(database.close)
    if role == "run":
        stack.callback(lock_folder(folder_of(settings)).release)
    await check_writable(database.url)
    if database.file:
        stack.callback(lock_file(database.file).release)
    await migrate(database)
    return database, blobs
