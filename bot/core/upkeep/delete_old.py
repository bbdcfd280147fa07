"""Daily cleanup: empty the trash, delete old drafts and events, delete orphaned blobs."""

from datetime import timedelta

import structlog

from bot.core.media.blob_cleanup import dispose, sweep_orphans
from bot.core.runtime.context import Services
from storage.privacy import purge
from storage.tables import settings
from storage.tables.owners import BOT_SETTINGS

DAY = 24 * 60 * 60_000
KEPT = 30 * DAY
"""Milliseconds that trash, answered drafts, handled events and the engine's records are kept."""
ORPHANS = timedelta(days=1)
"""Age below which an unreferenced blob may still be waiting for its row."""
TIDIED = "tidied"
"""The bot's setting with the time of the last cleanup."""
log = structlog.get_logger()


async def tidy(services: Services) -> bool:
    """Run the daily cleanup unless it ran within a day (then False). Called hourly: not every machine runs at night."""
    async with services.database.read() as tx:
        last = (await settings.of_bot(tx)).get(TIDIED, 0)
    if services.now() - last < DAY:
        return False
    before = services.now() - KEPT
    pictures = await empty_trash(services, before)
    async with services.database.write() as tx:
        forgotten = await purge.prune(tx, before)
    orphans = await sweep_orphans(services, ORPHANS)
    await services.jobs.forget(before)
    async with services.database.write() as tx:
        await purge.optimise(tx)
        await settings.put(tx, BOT_SETTINGS, TIDIED, services.now())
    await services.database.scrub()
    log.info("tidied up", pictures=pictures, forgotten=forgotten, orphans=orphans)
    return True


async def empty_trash(services: Services, before: int) -> int:
    """Delete pictures trashed before a moment, and their blobs; returns how many."""
    gone = 0
    while True:
        async with services.database.write() as tx:
            found = await purge.trashed(tx, before)
            await purge.purge(tx, [one.id for one in found])
        if not found:
            return gone
        await dispose(services, [key for one in found for key in one.blobs])
        gone += len(found)
