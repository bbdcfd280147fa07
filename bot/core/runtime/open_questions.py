"""Questions that wait for a press: a draft each, which survives a restart, and the buttons under it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.core.chat.action_ids import Action
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Button, Dollars, Say, Text, say
from bot.core.runtime import drafts
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import D
from storage.db.database import Transaction
from storage.tables.drafts import Draft
from storage.tables.images import Image

LIFE = 7 * 86_400_000
"""Milliseconds a question waits for its answer."""


def button(key: str, verb: str, row: str, arg: str = "", **words: Any) -> Button:
    """A plain button."""
    return Button(label=say(key, **words), action=str(Action(verb, row, arg)))


async def draft_of(context: Context, data: D, life: int = LIFE) -> Draft[D]:
    """A new draft of the asking person, alive for `life` milliseconds; it keeps the event it came from."""
    async with context.services.database.write() as tx:
        return await drafts.add(tx, context.new_draft(life), data)


def resumed(context: Context, draft: Draft[Any]) -> Context:
    """The answer's context with the event that began the draft, so that a redelivered answer is recognised."""
    return replace(context, event_id=draft.event or context.event_id)


async def which(context: Context, shown: Sequence[Image], verb: str) -> None:
    """Ask which of several pictures is meant."""
    buttons = tuple(button("button-number", verb, image.id, number=image.number, best="no") for image in shown)
    await context.say(Say(lines=(say(f"which-{verb}"),), buttons=(buttons,), private=True))


def cost(micro: int) -> Text:
    """An amount as words; nothing is "free"."""
    return say("cost", amount=Dollars(micro)) if micro else say("cost-free")


async def latest(context: Context, tx: Transaction, kind: type[D]) -> Draft[D] | None:
    """The newest draft of a kind that waits for this person here, or None."""
    user, workspace = context.user.id, context.workspace.id
    return await drafts.latest(tx, kind, user=user, workspace=workspace, now=context.now)


async def pending(context: Context, id_: str, kind: type[D]) -> Draft[D]:
    """A draft of this person that still waits; raises UserError for somebody else's and for one that is over."""
    async with context.services.database.read() as tx:
        draft = await drafts.get(tx, id_, kind)
    if draft.user != context.user.id:
        raise UserError("button-unknown")
    if draft.settled_at is not None or draft.expires_at <= context.now:
        raise UserError("button-over")
    return draft
