"""Send private messages to the operators."""

from dataclasses import replace

import structlog

from bot.core.chat.messages import Ask, Audience, Outgoing, Place, Say
from bot.core.runtime.context import Context, Services
from bot.core.runtime.ports import Front
from storage.tables import settings
from storage.tables.owners import BOT_SETTINGS

OPERATORS = "operator-places"
"""The bot's setting that lists their private chats, as [platform, chat]."""
PLACES = 5
log = structlog.get_logger()


async def remember(context: Context) -> None:
    """Keep the private chat of an operator, so that questions and warnings reach them there."""
    if not context.operates or context.in_group:
        return
    here = [context.place.platform, context.place.chat]
    async with context.services.database.read() as tx:
        known: list[list[str]] = (await settings.of_bot(tx)).get(OPERATORS, [])
    if here not in known:
        async with context.services.database.write() as tx:
            await settings.put(tx, BOT_SETTINGS, OPERATORS, [*known, here][-PLACES:])


async def reachable(services: Services) -> list[tuple[Front, str]]:
    """The chats of operators on platforms that run now."""
    async with services.database.read() as tx:
        places: list[list[str]] = (await settings.of_bot(tx)).get(OPERATORS, [])
    return [(front, chat) for platform, chat in places if (front := services.fronts.get(platform))]


async def tell(services: Services, outgoing: Outgoing, key: str) -> bool:
    """Send the operators a private message, once for each `key`; False when nobody can be reached."""
    sent = [
        await front.send(Place(front.platform, chat), outgoing, f"{key}:{chat}")
        for front, chat in await reachable(services)
    ]
    return any(sent)


async def tell_from(services: Services, near: Place, outgoing: Say | Ask, key: str) -> bool:
    """As `tell`; operators who never wrote are reached from a group they may be in, by their names in ADMINS."""
    if await tell(services, outgoing, key):
        return True
    front = services.fronts.get(near.platform)
    named = sorted(id_ for platform, id_ in services.policy.admins if platform == near.platform)
    if front is None or near.audience != Audience.GROUP:
        return False
    asked = 0
    for id_ in named:
        try:
            asked += bool(await front.send(near, replace(outgoing, private=True), f"{key}:{id_}", to=id_))
        except Exception:  # a name that is none, or a chat that is closed
            log.exception("operator not asked", platform=near.platform, operator=id_)
    return asked > 0
