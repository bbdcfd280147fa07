"""Deleting what has had its time: photos nobody made use of, children's photos, one-off photos."""

import structlog

from bot.core.media.blob_cleanup import dispose
from bot.core.runtime.context import Parts
from storage.tables import references

log = structlog.get_logger()


async def sweep(parts: Parts) -> int:
    """Delete expired one-off photos and the bytes nobody else uses; returns how many photos went."""
    gone = 0
    while True:
        async with parts.database.write() as tx:
            expired = await references.expired(tx, parts.now())
            if not expired:
                break
            await references.delete(tx, [photo.id for photo in expired], parts.now())
        await dispose(parts, [key for photo in expired for key in (photo.blob, photo.thumbnail)])
        gone += len(expired)
    if gone:
        log.info("expired photos deleted", count=gone)
    return gone
