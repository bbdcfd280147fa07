"""A result that could not be posted although it was tried for minutes: the person and the operators hear of it."""

import structlog

from bot.core.chat.messages import Say, say
from bot.core.people import notify_operators, notify_person
from bot.core.results.posting import place_of
from bot.core.runtime.context import Services
from storage.tables import generations
from storage.tables.generations import Generation

log = structlog.get_logger()


async def give_up(services: Services, generation_id: str) -> None:
    """Tell where the pictures are instead; safe to run again.

    A result whose person was reached is not posted any more. Without that, as while a whole platform is away, recovery
    posts it later.
    """
    async with services.database.read() as tx:
        generation = await generations.get(tx, generation_id)
    if generation is None or generation.delivered_at is not None:
        return
    log.error("result not posted", generation=generation_id, platform=generation.platform)
    lines = (say("undelivered-operator", platform=generation.platform, id=generation_id),)
    await notify_operators.tell(services, Say(lines=lines, tone="error", private=True), f"undelivered:{generation_id}")
    if await _reached(services, generation):
        async with services.database.write() as tx:
            await generations.delivered(tx, generation_id, services.now())


async def _reached(services: Services, generation: Generation) -> bool:
    place = place_of(generation)
    outgoing = Say(lines=(say("undelivered"),), tone="error", private=True)
    return await notify_person.reach(services, generation.user, outgoing, f"undelivered:{generation.id}", place)
