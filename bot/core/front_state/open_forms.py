"""What a front end must remember of a dialogue with one person in one place; it survives a restart."""

from collections.abc import Mapping
from typing import Any

from bot.core.chat.messages import Place, Who
from bot.core.runtime.context import Services
from storage.tables import drafts, people, workspaces

KIND = "dialogue"
LIFE = 86_400_000
"""Milliseconds after which a dialogue nobody went on with is over."""


async def recall(services: Services, who: Who, place: Place) -> Mapping[str, Any] | None:
    """What was kept last, or None when no dialogue is open."""
    async with services.database.read() as tx:
        user = await people.find(tx, who.platform, who.id)
        workspace = await workspaces.find(tx, place.platform, place.chat)
        if user is None or workspace is None:
            return None
        draft = await drafts.latest(tx, user.id, workspace.id, KIND, services.now())
    return draft.data if draft else None


async def keep(services: Services, who: Who, place: Place, data: Mapping[str, Any] | None) -> None:
    """Keep plain JSON data in place of what was kept before; None ends the dialogue."""
    now = services.now()
    async with services.database.write() as tx:
        user = await people.find_or_add(tx, who.platform, who.id, who.name, now)
        workspace = await workspaces.find_or_add(tx, place.platform, place.chat, place.audience, now)
        earlier = await drafts.latest(tx, user.id, workspace.id, KIND, now)
        if earlier:
            await drafts.settle(tx, earlier.id, now)
        if data is not None:
            await drafts.add(tx, (user.id, workspace.id), KIND, data, (now, now + LIFE))
