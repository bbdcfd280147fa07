"""Recovery: fail images that have no workflow any more, re-enqueue undelivered results.

Usually finds nothing: it is for crashes in every attempt and for platforms that were offline.
"""

import structlog

from bot.core.generation.painter import ImageGenerator
from bot.core.runtime.context import Services
from storage.tables import generations, images

MINUTE = 60_000
YOUNG = 15 * MINUTE
"""Milliseconds after acceptance in which an image is left alone."""
LATE = 30 * 24 * 60 * MINUTE
"""Milliseconds after which an undeliverable result stays in the gallery only."""
log = structlog.get_logger()


async def mend(services: Services) -> None:
    """Fail images without a workflow; re-enqueue undelivered results whose platform is running."""
    async with services.database.read() as tx:  # before the list of work: an image may end in between
        waiting = await images.unfinished_before(tx, services.now() - YOUNG)
        open_ = await generations.undelivered(tx, list(services.fronts), services.now() - LATE)
    if not waiting and not open_:
        return
    work = await services.jobs.under_way()
    painter = ImageGenerator(services)
    for image in (id_ for id_ in waiting if id_ not in work.images):
        log.error("image given up: nobody draws it", image=image)
        await painter.give_up(image)
    for generation in (id_ for id_ in open_ if id_ not in work.generations):
        await _deliver(services, generation)


async def _deliver(services: Services, id_: str) -> None:
    async with services.database.write() as tx:
        generation = await generations.get(tx, id_)
        if generation is None or generation.delivered_at is not None:
            return
        await services.jobs.enqueue(tx, id_, [])
    log.info("delivering anew", generation=id_)
