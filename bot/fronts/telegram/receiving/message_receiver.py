"""What people write and send, and whether it goes to the core, answers a question of ours, or is too old to be sure."""

import time
from collections.abc import Sequence
from contextlib import suppress

from telegram import Bot, Message
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.core.chat.messages import Button, Incoming, MessageRef, Say, Submit, Text, say
from bot.fronts.telegram.app_port import PLATFORM, ChatApp
from bot.fronts.telegram.receiving.event_context import Arrival, Arrivals
from bot.fronts.telegram.receiving.form_dialogue import Dialogues, is_answer
from bot.fronts.telegram.receiving.intent import Meanings
from bot.fronts.telegram.receiving.mentions import command_of, is_for_another, is_meant, replied, words_of
from bot.fronts.telegram.receiving.photos import TelegramPhoto, is_other, photos_of
from bot.fronts.telegram.sending.message_store import Memory

LATE = 600
"""Seconds after which a command is old: its author may not want it any more."""
WANTED = "t:late:"
"""What the buttons under an old command send, before its message and yes or no."""
_ALWAYS = ("start", "help", "cancel")


class Messages:
    """Hands what people write to the core."""

    def __init__(self, bot: Bot, app: ChatApp, arrivals: Arrivals, dialogues: Dialogues, memory: Memory) -> None:
        self._bot = bot
        self._app = app
        self._arrivals = arrivals
        self._dialogues = dialogues
        self._memory = memory
        self._meanings = Meanings(bot, arrivals, memory)

    async def take(self, messages: Sequence[Message], event: str, *, late: bool = True) -> None:
        """Take a message, or all those of an album; `late` asks first whether an old one is still wanted."""
        message = next((one for one in messages if one.caption or one.text), messages[0])
        if not self._concerns_us(message):
            return
        arrival = await self._arrivals.of_message(message, event)
        if arrival is None:
            return
        text, photos = words_of(message, self._bot.username), photos_of(self._bot, messages)
        if late and _is_old(message) and await self._asks_for_something(message, text):
            await self._ask_wanted(arrival, messages)
        elif not await self._in_dialogue(arrival, message, text, photos):
            if left_out := any(map(is_other, messages)):
                await self._say(arrival, say("telegram-left-out") if photos else say("telegram-only-photos"))
            if photos or (text and not left_out):
                await self._told(arrival, message, text, photos)

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
            arrival = await self._arrivals.of_message(message, event)
            if arrival is not None:
                await self._say(arrival, say("telegram-edited"))

    async def wanted(self, arrival: Arrival, id_: str, answer: str) -> None:
        """The answer whether an old command is still wanted."""
        key = f"late-{id_}"
        fact = await self._memory.fact(str(arrival.spot.chat), key)
        await self._memory.forget(str(arrival.spot.chat), key)
        if fact is None:
            await self._say(arrival, say("button-over"))
        elif answer == "yes":
            messages = [Message.de_json(data, self._bot) for data in fact["messages"]]
            await self.take(messages, f"late:{arrival.spot.chat}:{id_}", late=False)

    async def handle(self, arrival: Arrival, incoming: Incoming) -> None:
        await self._app.handle(incoming, self._arrivals.speaker(arrival, self._dialogues.begin))

    def _concerns_us(self, message: Message) -> bool:
        text = message.text or message.caption or ""
        if is_for_another(text, self._bot.username):
            return False
        return message.chat.id > 0 or is_meant(message, self._bot.id, self._bot.username)

    async def _in_dialogue(
        self, arrival: Arrival, message: Message, text: str, photos: tuple[TelegramPhoto, ...]
    ) -> bool:
        """Whether this was the answer to a question of ours, or ended the questions."""
        state = await self._dialogues.open(arrival)
        if state is None:
            return False
        command = command_of(text)
        if command is not None:
            await self._dialogues.leave(arrival)
            if command == "cancel":
                await self._say(arrival, say("telegram-left"))
            return command == "cancel"
        earlier = replied(message)
        if not is_answer(state, arrival.here.audience == "group", earlier.message_id if earlier else None):
            return False
        if submit := await self._dialogues.written(arrival, state, text, photos):
            await self.submit(arrival, submit)
        return True

    async def submit(self, arrival: Arrival, submit: Submit) -> None:
        """Hand over a filled form."""
        await self.handle(arrival.belonging_to(submit.place), submit)

    async def _told(self, arrival: Arrival, message: Message, text: str, photos: tuple[TelegramPhoto, ...]) -> None:
        arrival, incoming = await self._meanings.of(arrival, message, text, photos)
        await self.handle(arrival, incoming)

    async def _asks_for_something(self, message: Message, text: str) -> bool:
        """Whether a message may not be wanted later on; to look, to stop and to judge is never too late."""
        command = command_of(text)
        if not text or command in _ALWAYS:
            return False
        return bool(command or message.photo or message.document) or await self._changes_a_picture(message, text)

    async def _changes_a_picture(self, message: Message, text: str) -> bool:
        """Whether words run at once since they answer a picture of ours in private; numbers alone only keep."""
        earlier = replied(message)
        if message.chat.id < 0 or earlier is None or not any(map(str.isalpha, text)):
            return False
        ref, _ = await self._memory.whole(MessageRef(PLATFORM, str(earlier.chat.id), str(earlier.message_id)))
        return (await self._memory.standing(ref)).shows

    async def _ask_wanted(self, arrival: Arrival, messages: Sequence[Message]) -> None:
        id_ = messages[0].message_id
        body = {"type": "late", "messages": [message.to_dict() for message in messages]}
        await self._memory.note(str(arrival.spot.chat), f"late-{id_}", body, arrival.who.id)
        buttons = (
            Button(label=say("telegram-wanted-yes"), action=f"{WANTED}{id_}:yes", style="primary"),
            Button(label=say("telegram-wanted-no"), action=f"{WANTED}{id_}:no"),
        )
        minutes = round((time.time() - messages[0].date.timestamp()) / 60)
        await self._arrivals.poster.post(
            arrival.post(Say(lines=(say("telegram-wanted", minutes=minutes),), buttons=(buttons,)))
        )

    async def _say(self, arrival: Arrival, text: Text) -> None:
        await self._arrivals.poster.post(arrival.post(Say(lines=(text,))))


def _is_old(message: Message) -> bool:
    return time.time() - message.date.timestamp() > LATE
