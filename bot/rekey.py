"""Bringing all pictures to another BLOB_KEY, while the bot does not run."""

from collections.abc import Mapping
from contextlib import AsyncExitStack

from bot import wiring
from bot.core.chat.errors import BadSetting
from storage.blobs.cipher import Cipher, cipher_of
from storage.blobs.rekey import Rekeyed, rekey
from storage.db.database import Database
from storage.db.errors import BlobKeyWrong
from storage.tables import heartbeats


async def rekey_pictures(settings: Mapping[str, str]) -> Rekeyed:
    """Bring them from BLOB_KEY_OLD to BLOB_KEY, either of which may be none; raises BadSetting, InUse, StorageError."""
    old = _old(settings)
    async with AsyncExitStack() as stack:
        database, blobs = await wiring.open_stores(stack, settings, "run")
        await _refuse_others(database)
        try:
            return await rekey(blobs, old)
        except BlobKeyWrong as exc:
            fix = "give the key that the pictures are encrypted with now, or none if they are not encrypted"
            raise BadSetting("BLOB_KEY_OLD", f"{fix} ({exc})") from exc


def _old(settings: Mapping[str, str]) -> Cipher:
    before = settings.get("BLOB_KEY_OLD")
    if (before or "") == (settings.get("BLOB_KEY") or ""):
        raise BadSetting(
            "BLOB_KEY_OLD", "give the key until now there (none if there was none), the new one in BLOB_KEY"
        )
    try:
        return cipher_of(before)
    except ValueError as exc:
        raise BadSetting("BLOB_KEY_OLD", f"give 32 bytes in URL-safe base64 ({exc})") from exc


async def _refuse_others(database: Database) -> None:
    """Raise InUse while another process lives on the same PostgreSQL; a SQLite database is locked for this one."""
    async with database.write() as tx:
        await tx.run_sync(heartbeats.bury)
        lives = await tx.run_sync(heartbeats.living)
    if lives:
        names = ", ".join(life.executor for life in lives)
        raise wiring.InUse(f"Other Likeness processes work on this database ({names}): stop them first.")
