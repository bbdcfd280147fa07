"""What people write and send, and whether it goes to the core, answers a question of ours, or is too old to be sure."""

from collections.abc import Sequence
from contextlib import suppress

from telegram import Message
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.core.chat.catalogue import find
from bot.core.chat.front_rules import changes_run_at_once
from bot.core.chat.messages import Audience, Button, MessageRef, Place, Say, Submit, Text, say
from bot.fronts.common.clock import unix_now
from bot.fronts.telegram import PLATFORM
from bot.fronts.telegram.receiving.event_context import EventContext
from bot.fronts.telegram.receiving.event_contexts import EventContexts
from bot.fronts.telegram.receiving.form_dialogue import is_answer
from bot.fronts.telegram.receiving.intent import Intents
from bot.fronts.telegram.receiving.mentions import command_of, is_for_another, is_meant, replied, words_of
from bot.fronts.telegram.receiving.photos import TelegramPhoto, is_other, photos_of

LATE = 600
"""Seconds after which a command is old: its author may not want it any more."""
WANTED = "t:late:"
"""What the buttons under an old command send, before its message and yes or no."""


class MessageReceiver:
    """Hands what people write to the core."""

    def __init__(self, contexts: EventContexts) -> None:
        self._contexts = contexts
        self._bot, self._store, self._forms = contexts.bot, contexts.store, contexts.forms
        self._intents = Intents(contexts)

    async def take(self, messages: Sequence[Message], event: str, *, late: bool = True) -> None:
        """Take a message, or all those of an album; `late` asks first whether an old one is still wanted."""
        message = next((one for one in messages if one.caption or one.text), messages[0])
        if not self._concerns_us(message):
            return
        context = await self._contexts.of_message(message, event)
        if context is None:
            return
        text, photos = words_of(message, self._bot.username), photos_of(self._bot, messages)
        if late and _is_old(message) and await self._asks_for_something(context.here, message, text):
            await self._ask_wanted(context, messages)
        elif not await self._in_dialogue(context, message, text, photos):
            if left_out := any(map(is_other, messages)):
                await self._say(context, say("telegram-left-out") if photos else say("telegram-only-photos"))
            if photos or (text and not left_out):
                await self._hand_over(context, message, text, photos)

    async def acknowledge(self, message: Message) -> None:
        """Show at once, before any work, that a message was heard; this takes no turn of the chat's."""
        if not (message.text or message.caption or message.chat.id > 0) or not self._concerns_us(message):
            return
        thread = message.message_thread_id if message.is_topic_message else None
        with suppress(TelegramError):
            await self._bot.send_chat_action(message.chat.id, ChatAction.TYPING, message_thread_id=thread)

    async def edited(self, message: Message, event: str) -> None:
        """An edited command runs no second time; its author is told how to get what they want."""
        if command_of(message.text or message.caption or "") and self._concerns_us(message):
            context = await self._contexts.of_message(message, event)
            if context is not None:
                await self._say(context, say("telegram-edited"))

    async def wanted(self, context: EventContext, id_: str, answer: str) -> None:
        """The answer whether an old command is still wanted."""
        key = f"late-{id_}"
        fact = await self._store.fact(str(context.target.chat), key)
        await self._store.forget(str(context.target.chat), key)
        if fact is None:
            await self._say(context, say("button-over"))
        elif answer == "yes":
            messages = [Message.de_json(data, self._bot) for data in fact["messages"]]
            await self.take(messages, f"late:{context.target.chat}:{id_}", late=False)

    def _concerns_us(self, message: Message) -> bool:
        text = message.text or message.caption or ""
        if is_for_another(text, self._bot.username):
            return False
        return message.chat.id > 0 or is_meant(message, self._bot.id, self._bot.username)

    async def _in_dialogue(
        self, context: EventContext, message: Message, text: str, photos: tuple[TelegramPhoto, ...]
    ) -> bool:
        """Whether this was the answer to a question of ours, or ended the questions."""
        state = await self._forms.open(context)
        if state is None:
            return False
        command = command_of(text)
        if command is not None:
            await self._forms.leave(context)
            if command == "cancel":
                await self._say(context, say("telegram-left"))
            return command == "cancel"
        earlier = replied(message)
        if not is_answer(state, context.here.audience == Audience.GROUP, earlier.message_id if earlier else None):
            return False
        if submit := await self._forms.written(context, state, text, photos):
            await self.submit(context, submit)
        return True

    async def submit(self, context: EventContext, submit: Submit) -> None:
        """Hand over a filled form."""
        await self._contexts.handle(context.belonging_to(submit.place), submit)

    async def _hand_over(
        self, context: EventContext, message: Message, text: str, photos: tuple[TelegramPhoto, ...]
    ) -> None:
        context, incoming = await self._intents.of(context, message, text, photos)
        await self._contexts.handle(context, incoming)

    async def _asks_for_something(self, place: Place, message: Message, text: str) -> bool:
        """Whether a message may not be wanted later on; to look, to stop and to judge is never too late."""
        command = command_of(text)
        spec = find(command) if command else None
        if not text or (spec and spec.never_late):
            return False
        return bool(command or message.photo or message.document) or await self._changes_a_picture(place, message, text)

    async def _changes_a_picture(self, place: Place, message: Message, text: str) -> bool:
        """Whether words run at once since they answer a picture of ours in private; numbers alone only keep."""
        earlier = replied(message)
        if earlier is None or not changes_run_at_once(place) or not any(map(str.isalpha, text)):
            return False
        ref, _ = await self._store.whole(MessageRef(PLATFORM, str(earlier.chat.id), str(earlier.message_id)))
        return (await self._store.layout(ref)).shows

    async def _ask_wanted(self, context: EventContext, messages: Sequence[Message]) -> None:
        id_ = messages[0].message_id
        body = {"type": "late", "messages": [message.to_dict() for message in messages]}
        await self._store.note(str(context.target.chat), f"late-{id_}", body, context.who.id)
        buttons = (
            Button(label=say("telegram-wanted-yes"), action=f"{WANTED}{id_}:yes", style="primary"),
            Button(label=say("telegram-wanted-no"), action=f"{WANTED}{id_}:no"),
        )
        minutes = round((unix_now() - messages[0].date.timestamp()) / 60)
        await self._contexts.poster.send(
            context.post(Say(lines=(say("telegram-wanted", minutes=minutes),), buttons=(buttons,)))
        )

    async def _say(self, context: EventContext, text: Text) -> None:
        await self._contexts.poster.send(context.post(Say(lines=(text,))))


def _is_old(message: Message) -> bool:
    return unix_now() - message.date.timestamp() > LATE
