"""Expiry of photos: unused ones, children's, one-offs."""

import structlog

from bot.core.media.blob_cleanup import dispose
from bot.core.runtime.context import Services
from storage.tables import references

log = structlog.get_logger()


async def sweep(services: Services) -> int:
    """Delete expired photos and their unreferenced blobs; returns how many photos."""
    gone = 0
    while True:
        async with services.database.write() as tx:
            expired = await references.expired(tx, services.now())
            if not expired:
                break
            await references.delete(tx, [photo.id for photo in expired], services.now())
        await dispose(services, [key for photo in expired for key in (photo.blob, photo.thumbnail)])
        gone += len(expired)
    if gone:
        log.info("expired photos deleted", count=gone)
    return gone
