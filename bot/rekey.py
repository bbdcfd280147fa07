"""Bringing all pictures to another BLOB_KEY, while the bot does not run."""

from contextlib import AsyncExitStack

from bot.process_locks import InUse
from bot.settings import PictureSettings, Settings
from bot.stores import open_stores
from providers.contract.errors import SettingError
from storage.blobs.cipher import Cipher, cipher_of
from storage.blobs.rekey import Rekeyed, rekey
from storage.db.database import Database
from storage.db.errors import BlobKeyWrong
from storage.tables import heartbeats


async def rekey_pictures(settings: Settings) -> Rekeyed:
    """Bring them from BLOB_KEY_OLD to BLOB_KEY, either of which may be none.

    Raises SettingError, InUse or StorageError.
    """
    old = _old(settings.pictures)
    async with AsyncExitStack() as stack:
        database, blobs = await open_stores(stack, settings, "run")
        await _refuse_others(database)
        try:
            return await rekey(blobs, old)
        except BlobKeyWrong as exc:
            fix = "give the key that the pictures are encrypted with now, or none if they are not encrypted"
            raise SettingError("BLOB_KEY_OLD", f"{fix} ({exc})") from exc


def _old(settings: PictureSettings) -> Cipher:
    if settings.key_old == settings.key:
        raise SettingError(
            "BLOB_KEY_OLD", "give the key until now there (none if there was none), the new one in BLOB_KEY"
        )
    try:
        return cipher_of(settings.key_old)
    except ValueError as exc:
        raise SettingError("BLOB_KEY_OLD", f"give 32 bytes in URL-safe base64 ({exc})") from exc


async def _refuse_others(database: Database) -> None:
    """Raise InUse while another process lives on the same PostgreSQL; a SQLite database is locked for this one."""
    async with database.write() as tx:
        await tx.run_sync(heartbeats.expire)
        leases = await tx.run_sync(heartbeats.living)
    if leases:
        names = ", ".join(lease.executor for lease in leases)
        raise InUse(f"Other Likeness processes work on this database ({names}): stop them first.")
