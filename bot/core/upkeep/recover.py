"""Ending what nobody works on any more: images whose work was given up by the engine, results nobody could be shown.

As a rule this finds nothing. It is for what a crash in every attempt or a platform that was away left behind.
"""

import structlog

from bot.core.generation.painter import Painter
from bot.core.runtime.context import Parts
from storage.tables import generations, images

MINUTE = 60_000
YOUNG = 15 * MINUTE
"""Milliseconds after its acceptance in which nobody asks after an image."""
LATE = 30 * 24 * 60 * MINUTE
"""Milliseconds after which a result that could not be shown stays in the gallery alone."""
log = structlog.get_logger()


async def mend(parts: Parts) -> None:
    """Give up images that nobody draws, and deliver again what nobody delivers, if its platform is there."""
    async with parts.database.read() as tx:  # before the work is listed: what ends in between is no longer open
        waiting = await images.unfinished_before(tx, parts.now() - YOUNG)
        open_ = await generations.undelivered(tx, list(parts.fronts), parts.now() - LATE)
    if not waiting and not open_:
        return
    work = await parts.jobs.under_way()
    painter = Painter(parts)
    for image in (id_ for id_ in waiting if id_ not in work.images):
        log.error("image given up: nobody draws it", image=image)
        await painter.give_up(image)
    for generation in (id_ for id_ in open_ if id_ not in work.generations):
        await _deliver(parts, generation)


async def _deliver(parts: Parts, id_: str) -> None:
    async with parts.database.write() as tx:
        generation = await generations.get(tx, id_)
        if generation is None or generation.delivered_at is not None:
            return
        await parts.jobs.enqueue(tx, id_, [])
    log.info("delivering anew", generation=id_)
