"""Reactions on our messages, where Telegram tells us of them."""

from collections.abc import Sequence
from dataclasses import replace

from telegram import MessageReactionCountUpdated, MessageReactionUpdated, ReactionType, ReactionTypeEmoji
from telegram.error import BadRequest

from bot.core.chat.messages import Audience, MessageRef, Place, Reaction, say
from bot.fronts.telegram import PLATFORM
from bot.fronts.telegram.receiving.event_contexts import EventContexts
from bot.fronts.telegram.sending.renderer import Renderer


class Reactions:
    """Hands reactions to the core; those on one picture of an album say nothing about that picture alone."""

    def __init__(self, contexts: EventContexts) -> None:
        self._contexts = contexts
        self._bot, self._app, self._store = contexts.bot, contexts.app, contexts.store
        self._calls = contexts.poster.calls

    async def take(self, told: MessageReactionUpdated, event: str) -> None:
        """What was put on a message and what was taken off; anonymous ones are nobody's vote."""
        if told.user is None or told.user.is_bot:
            return
        said = MessageRef(PLATFORM, str(told.chat.id), str(told.message_id))
        ref, number = await self._store.whole(said)
        if number is not None:
            return
        context = await self._contexts.of_user(told.user, told.chat, None, event)
        context = context.belonging_to((await self._store.layout(ref)).place)
        before, after = _emoji(told.old_reaction), _emoji(told.new_reaction)
        changes = [(emoji, False) for emoji in before - after] + [(emoji, True) for emoji in after - before]
        for count, (emoji, added) in enumerate(sorted(changes, key=lambda change: change[1])):
            one = replace(context, event_id=f"{context.event_id}:{count}")
            reaction = Reaction(message=ref, emoji=emoji, added=added, **one.event)
            await self._contexts.handle(one, reaction)

    async def count(self, told: MessageReactionCountUpdated) -> None:
        """Anonymous reactions are shown below the message, and counted as nobody's vote."""
        counts = [
            f"{one.type.emoji} {one.total_count}" for one in told.reactions if isinstance(one.type, ReactionTypeEmoji)
        ]
        chat, key = str(told.chat.id), f"counts-{told.message_id}"
        ref, _ = await self._store.whole(MessageRef(PLATFORM, chat, str(told.message_id)))
        if not counts or not (await self._store.layout(ref)).shows:
            return
        place = Place(PLATFORM, str(await self._contexts.chats.first(told.chat.id)), None, Audience.GROUP)
        locale = await self._app.place_language(place, "en")
        words = Renderer(self._app, locale).words(say("telegram-anonymous", counts=" · ".join(counts)))
        await self._show(told.chat.id, told.message_id, key, words)

    async def _show(self, chat: int, message: int, key: str, words: str) -> None:
        fact = await self._store.fact(str(chat), key)
        try:
            if fact:
                await self._calls.paced(chat, lambda now: self._bot.edit_message_text(words, now, fact["message"]))
                return
        except BadRequest:
            return
        sent = await self._calls.paced(
            chat, lambda now: self._bot.send_message(now, words, reply_to_message_id=message, disable_notification=True)
        )
        await self._store.note(str(chat), key, {"type": "counts", "message": sent.message_id})


def _emoji(reactions: Sequence[ReactionType]) -> set[str]:
    return {one.emoji for one in reactions if isinstance(one, ReactionTypeEmoji)}
