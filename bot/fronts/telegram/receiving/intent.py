"""What somebody means by a message: a request, a command, an answer to ours, or the use of somebody else's photo."""

from dataclasses import replace

from telegram import Message

from bot.core.chat import parsing
from bot.core.chat.catalogue import find
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Borrow, Command, Incoming, MessageRef, Press, Reply, Upload, Who
from bot.fronts.telegram import PLATFORM, links
from bot.fronts.telegram.receiving.event_context import EventContext
from bot.fronts.telegram.receiving.event_contexts import EventContexts
from bot.fronts.telegram.receiving.mentions import answers_us, command_of, replied
from bot.fronts.telegram.receiving.photos import TelegramPhoto, best_first, photos_of


class Intents:
    """Makes values for the core of messages."""

    def __init__(self, contexts: EventContexts) -> None:
        self._contexts = contexts
        self._bot, self._store = contexts.bot, contexts.store

    async def of(
        self, context: EventContext, message: Message, text: str, photos: tuple[TelegramPhoto, ...]
    ) -> tuple[EventContext, Incoming]:
        """The value behind a message, and the context of what it belongs to."""
        if command_of(text) == "start":
            return context, _start(context, message, text)
        earlier = replied(message)
        if earlier is None:
            return _linked(context, text), Upload(text=text, photos=photos, **context.event)
        if answers_us(message, self._bot.id):
            said = MessageRef(PLATFORM, str(earlier.chat.id), str(earlier.message_id))
            ref, number = await self._store.whole(said)
            context = context.belonging_to((await self._store.layout(ref)).place)
            return context, Reply(to=ref, text=_about(text, number), photos=photos, **context.event)
        lent = photos_of(self._bot, [earlier])
        owner = await self._contexts.people.author(earlier)
        if not lent or owner is None or owner.id == context.who.id:
            return _linked(context, text), Upload(text=text, photos=best_first((*photos, *lent)), **context.event)
        return context, _borrowed(context, owner, lent, text)


def _start(context: EventContext, message: Message, text: str) -> Incoming:
    """/start, which also carries what a link of ours wants to have shown."""
    payload = text.partition(" ")[2].strip()
    if action := links.action_of(payload):
        ref = MessageRef(PLATFORM, str(message.chat.id), str(message.message_id))
        return Press(action=action, message=ref, **context.event)
    return Command(name=links.command_of(payload) or "start", **context.event)


def _linked(context: EventContext, text: str) -> EventContext:
    """The context with the link that repeats its command where the person can be answered."""
    try:
        return replace(context, link=links.of_command(parsing.parse(text).name)) if text[:1] == "/" else context
    except UserError:
        return context


def _about(text: str, number: int | None) -> str:
    """An answer to one picture of an album, as an answer to the album."""
    command, _, words = text.partition(" ") if text[:1] == "/" else ("", "", text)
    if number is None or not words or words[0].isdigit() or command.partition("@")[0] not in ("", "/edit"):
        return text
    return f"{command} {number}: {words}".strip()


def _borrowed(context: EventContext, owner: Who, photos: tuple[TelegramPhoto, ...], text: str) -> Borrow:
    """A request with somebody else's photo: of a command, its words."""
    if not text.startswith("/"):
        return Borrow(owner=owner, photos=photos, text=text, **context.event)
    try:
        typed = parsing.parse(text)
    except UserError:
        return Borrow(owner=owner, photos=photos, **context.event)
    if typed.name.startswith(("persona", "reference")):
        return Borrow(owner=owner, photos=photos, purpose="persona", **context.event)
    spec = find(typed.name)
    words = typed.options.get(spec.positional.name, "") if spec and spec.positional else ""
    return Borrow(owner=owner, photos=photos, text=words, **context.event)
