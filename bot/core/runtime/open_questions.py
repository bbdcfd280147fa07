"""Questions that wait for a press: a draft each, which survives a restart, and the buttons under it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.core.chat.action_ids import Action
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Button, Dollars, Say, Text, say
from bot.core.runtime.context import Context
from storage.tables import drafts
from storage.tables.drafts import Draft
from storage.tables.images import Image

LIFE = 7 * 86_400_000
"""Milliseconds a question waits for its answer."""


def button(key: str, verb: str, row: str, arg: str = "", **words: Any) -> Button:
    """A plain button."""
    return Button(label=say(key, **words), action=str(Action(verb, row, arg)))


async def draft_of(context: Context, kind: str, data: Mapping[str, Any], life: int = LIFE) -> Draft:
    """A new draft of the asking person, alive for `life` milliseconds; it keeps the event it came from."""
    data = {"event": context.event_id, **data}
    async with context.services.database.write() as tx:
        return await drafts.add(tx, context.owner, kind, data, (context.now, context.now + life))


def resumed(context: Context, draft: Draft) -> Context:
    """The answer's context as the event that began it, so that a redelivered one is known for what it is."""
    return replace(context, event_id=draft.data.get("event", context.event_id))


async def which(context: Context, shown: Sequence[Image], verb: str) -> None:
    """Ask which of several pictures is meant."""
    buttons = tuple(button("button-number", verb, image.id, number=image.number, best="no") for image in shown)
    await context.say(Say(lines=(say(f"which-{verb}"),), buttons=(buttons,), private=True))


def cost(micro: int) -> Text:
    """An amount as words; nothing is "free"."""
    return say("cost", amount=Dollars(micro)) if micro else say("cost-free")


async def pending(context: Context, id_: str, kind: str) -> Draft:
    """A draft of this person that still waits; raises UserError for somebody else's and for one that is over."""
    async with context.services.database.read() as tx:
        draft = await drafts.get(tx, id_)
    if draft is None or draft.kind != kind or draft.user != context.user.id:
        raise UserError("button-unknown")
    if draft.settled_at is not None or draft.expires_at <= context.now:
        raise UserError("button-over")
    return draft
