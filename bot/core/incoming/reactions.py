"""Reactions on our messages: votes on a result, and the requester's ❌ while it is still being made."""

from bot.core.chat.errors import UserError
from bot.core.chat.front_rules import is_vote, meaning_of
from bot.core.chat.messages import Reaction
from bot.core.curation.judge import ALL, REMOVED, VERBS, judge
from bot.core.curation.trash import restore, trash
from bot.core.generation.cancelling import cancel
from bot.core.people import access
from bot.core.requests import recipe
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import which
from storage.tables import events, posted_messages
from storage.tables.enums import Purpose, Status
from storage.tables.images import Image


async def react(context: Context, reaction: Reaction) -> None:
    """Act on a reaction; unknown emoji, unknown messages and people without a vote are ignored silently."""
    message, added = reaction.message, reaction.added
    meaning = meaning_of(reaction.emoji)
    async with context.services.database.read() as tx:
        posted = await posted_messages.find(tx, message.platform, message.chat, message.id)
    if meaning is None or posted is None or (reaction.late and not (added and is_vote(reaction.emoji))):
        return
    try:
        generation, slots = await access.generation(context, posted.generation)
        if posted.purpose == Purpose.PROGRESS:
            if meaning == "reject" and added and generation.user == context.user.id:
                await cancel(context, generation.id)
            return
        if not await _is_news(context, reaction, meaning):
            return
        await _vote(context, [slot for slot in slots if slot.status == Status.DONE], meaning, added=added)
    except UserError:
        return


async def _is_news(context: Context, reaction: Reaction, meaning: str) -> bool:
    """Whether a reaction was not acted on before: one that is found there after we had been away may have been."""
    ref = reaction.message
    seen = f"reacted:{ref.platform}:{ref.chat}:{ref.id}:{context.user.id}:{meaning}"
    async with context.services.database.write() as tx:
        if not reaction.added:
            await events.forget(tx, seen)
            return True
        is_new = await events.claim(tx, seen, context.now)
    return is_new or not reaction.late


async def _vote(context: Context, shown: list[Image], meaning: str, *, added: bool) -> None:
    ids = [image.id for image in shown]
    if meaning == "trash":
        await _trash(context, shown, added=added)
    elif meaning == "send":
        await _send(context, shown, added=added)
    elif not added:
        await judge(context, ids, REMOVED[meaning])
    elif len(shown) == 1:
        await judge(context, ids, VERBS[meaning])
    elif meaning == "best":
        await which(context, shown, meaning)
    else:
        await judge(context, ids, ALL["keepall" if meaning == "keep" else "rejectrest"])


async def _send(context: Context, shown: list[Image], *, added: bool) -> None:
    """An ✉️ brings the original and its recipe; of several it asks which."""
    if added and len(shown) == 1:
        await recipe.both(context, shown[0].id)
    elif added:
        await which(context, shown, "send")


async def _trash(context: Context, shown: list[Image], *, added: bool) -> None:
    """A 🗑 puts a single picture away, and taking it off brings it back; of several it asks which."""
    if len(shown) > 1 and added:
        await which(context, [image for image in shown if image.trashed_at is None], "trash")
    elif len(shown) == 1:
        await (trash if added else restore)(context, shown[0].id)
