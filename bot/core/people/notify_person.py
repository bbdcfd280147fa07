"""Send a private message to one person, on whichever platform reaches them."""

import structlog

from bot.core.chat.messages import Outgoing, Place
from bot.core.runtime.context import Services
from storage.tables import people, workspaces

log = structlog.get_logger()


async def reach(services: Services, user: str, outgoing: Outgoing, key: str, near: Place | None = None) -> bool:
    """Send somebody a private message: to a private chat of theirs, else by the platform of a shared place.

    False when no platform that runs now knows the way.
    """
    for place, to in await _ways(services, user, near):
        front = services.fronts.get(place.platform)
        if front is None:
            continue
        try:
            if await front.send(place, outgoing, f"{key}:{user}", to=to):
                return True
        except Exception:
            log.exception("person not reached", platform=place.platform)
    return False


async def _ways(services: Services, user: str, near: Place | None) -> list[tuple[Place, str | None]]:
    async with services.database.read() as tx:
        chats = await workspaces.private_chats(tx, user)
        to = await people.identity(tx, user, near.platform) if near else None
    ways: list[tuple[Place, str | None]] = [(Place(one.platform, one.chat), None) for one in chats]
    return ways + ([(near, to)] if near and to else [])
