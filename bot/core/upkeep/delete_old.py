"""What is done once a day: the trash emptied, old questions and events forgotten, nobody's bytes deleted."""

from datetime import timedelta

import structlog

from bot.core.media.blob_cleanup import dispose, sweep_orphans
from bot.core.runtime.context import Parts
from storage.privacy import purge
from storage.tables import settings

DAY = 24 * 60 * 60_000
KEPT = 30 * DAY
"""Milliseconds that the trash, answered questions, handled events and the engine's records stay."""
ORPHANS = timedelta(days=1)
"""Bytes that no row names may still be about to be named when they are younger."""
TIDIED = "tidied"
"""The bot's setting that says when this was done last."""
log = structlog.get_logger()


async def tidy(parts: Parts) -> bool:
    """Tidy up unless it was done within a day; False then. Called every hour, since not every machine runs at night."""
    async with parts.database.read() as tx:
        last = (await settings.of(tx, ["bot"]))["bot"].get(TIDIED, 0)
    if parts.now() - last < DAY:
        return False
    before = parts.now() - KEPT
    pictures = await empty_trash(parts, before)
    async with parts.database.write() as tx:
        forgotten = await purge.prune(tx, before)
    orphans = await sweep_orphans(parts, ORPHANS)
    await parts.jobs.forget(before)
    async with parts.database.write() as tx:
        await purge.optimise(tx)
        await settings.put(tx, "bot", TIDIED, parts.now())
    log.info("tidied up", pictures=pictures, forgotten=forgotten, orphans=orphans)
    return True


async def empty_trash(parts: Parts, before: int) -> int:
    """Delete pictures that were put into the trash before a moment, and their bytes; returns how many."""
    gone = 0
    while True:
        async with parts.database.write() as tx:
            found = await purge.trashed(tx, before)
            await purge.purge(tx, [one.id for one in found])
        if not found:
            return gone
        await dispose(parts, [key for one in found for key in one.blobs])
        gone += len(found)
