"""Forms that a front asks field by field of one person in one place; they survive a restart."""

from collections.abc import Mapping
from typing import Any

from bot.core.chat.messages import Place, Who
from bot.core.runtime import drafts
from bot.core.runtime.context import Services
from bot.core.runtime.drafts import OpenForm
from storage.tables import drafts as rows
from storage.tables import people, workspaces
from storage.tables.drafts import NewDraft

LIFE = 86_400_000
"""Milliseconds after which a form that nobody went on with is closed."""


async def recall(services: Services, who: Who, place: Place) -> Mapping[str, Any] | None:
    """The state of the open form, or None when there is none."""
    async with services.database.read() as tx:
        user = await people.find(tx, who.platform, who.id)
        workspace = await workspaces.find(tx, place.platform, place.chat)
        if user is None or workspace is None:
            return None
        draft = await drafts.latest(tx, OpenForm, user=user.id, workspace=workspace.id, now=services.now())
    return draft.data.state if draft else None


async def keep(services: Services, who: Who, place: Place, data: Mapping[str, Any] | None) -> None:
    """Store the state of the open form as plain JSON data; None closes it."""
    now = services.now()
    async with services.database.write() as tx:
        user = (await people.find_or_add(tx, who.platform, who.id, who.name, now)).id
        workspace = (await workspaces.find_or_add(tx, place.platform, place.chat, place.audience, now)).id
        earlier = await drafts.latest(tx, OpenForm, user=user, workspace=workspace, now=now)
        if earlier:
            await rows.settle(tx, earlier.id, now)
        if data is not None:
            new = NewDraft(user=user, workspace=workspace, created_at=now, expires_at=now + LIFE)
            await drafts.add(tx, new, OpenForm(state=data))
