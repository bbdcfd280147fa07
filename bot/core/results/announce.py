"""Post the first progress message of an accepted request; an error here never looks like a failed request."""

from collections.abc import Sequence

import structlog

from bot.core.results.posting import posted_as
from bot.core.results.progress import Outlook, progress_of
from bot.core.runtime.context import Context
from storage.tables import generations, images, posted_messages
from storage.tables.enums import Purpose
from storage.tables.generations import Generation
from storage.tables.images import Image
from storage.tables.posted_messages import Posted

log = structlog.get_logger()


async def announce(context: Context, generation: Generation, slots: Sequence[Image]) -> None:
    """Post the progress message of an accepted request and store its id.

    An error is only logged: the work goes on, and the result is posted without a progress message.
    """
    context.services.announcing.add(generation.id)
    try:
        ref = await context.speak(progress_of(generation, slots, Outlook()))
        if ref and not await _noted(context, posted_as(ref, generation.id, Purpose.PROGRESS)):
            await context.services.fronts[ref.platform].remove(ref)
    except Exception:
        log.exception("progress not shown", generation=generation.id)
    finally:
        context.services.announcing.discard(generation.id)
    context.services.changes.tell(generation.id)


async def announce_again(context: Context) -> None:
    """Post the progress message that a crash cut off after this event was accepted, unless it is there."""
    async with context.services.database.read() as tx:
        generation = await generations.with_event(tx, context.event_id)
        posted = await posted_messages.of_generation(tx, generation.id) if generation else ()
        slots = await images.of_generation(tx, generation.id) if generation else ()
    if generation and not posted and generation.id not in context.services.announcing:
        await announce(context, generation, slots)


async def _noted(context: Context, posted: Posted) -> bool:
    """Store the message's id; False when the result is posted already or the generation was deleted."""
    async with context.services.database.write(short=True) as tx:
        now = await generations.get(tx, posted.generation)
        if now is None or now.delivered_at is not None:
            return False
        await posted_messages.put(tx, posted, context.now)
    return True
