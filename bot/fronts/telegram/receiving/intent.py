"""What somebody means by a message: a request, a command, an answer to ours, or the use of somebody else's photo."""

from dataclasses import replace

from telegram import Bot, Message

from bot.core.chat import parsing
from bot.core.chat.catalogue import find
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Borrow, Command, Incoming, MessageRef, Press, Reply, Upload, Who
from bot.fronts.telegram import links
from bot.fronts.telegram.app_port import PLATFORM
from bot.fronts.telegram.receiving.event_context import Arrival, Arrivals
from bot.fronts.telegram.receiving.mentions import answers_us, command_of, replied
from bot.fronts.telegram.receiving.photos import TelegramPhoto, best_first, photos_of
from bot.fronts.telegram.sending.message_store import Memory


class Meanings:
    """Makes values for the core of messages."""

    def __init__(self, bot: Bot, arrivals: Arrivals, memory: Memory) -> None:
        self._bot = bot
        self._arrivals = arrivals
        self._memory = memory

    async def of(
        self, arrival: Arrival, message: Message, text: str, photos: tuple[TelegramPhoto, ...]
    ) -> tuple[Arrival, Incoming]:
        """The value behind a message, and the arrival of what it belongs to."""
        if command_of(text) == "start":
            return arrival, _start(arrival, message, text)
        earlier = replied(message)
        if earlier is None:
            return _linked(arrival, text), Upload(text=text, photos=photos, **arrival.event)
        if answers_us(message, self._bot.id):
            said = MessageRef(PLATFORM, str(earlier.chat.id), str(earlier.message_id))
            ref, number = await self._memory.whole(said)
            arrival = arrival.belonging_to((await self._memory.standing(ref)).place)
            return arrival, Reply(to=ref, text=_about(text, number), photos=photos, **arrival.event)
        lent = photos_of(self._bot, [earlier])
        owner = await self._arrivals.people.author(earlier)
        if not lent or owner is None or owner.id == arrival.who.id:
            return _linked(arrival, text), Upload(text=text, photos=best_first((*photos, *lent)), **arrival.event)
        return arrival, _borrowed(arrival, owner, lent, text)


def _start(arrival: Arrival, message: Message, text: str) -> Incoming:
    """/start, which also carries what a link of ours wants to have shown."""
    payload = text.partition(" ")[2].strip()
    if action := links.action_of(payload):
        ref = MessageRef(PLATFORM, str(message.chat.id), str(message.message_id))
        return Press(action=action, message=ref, **arrival.event)
    return Command(name=links.command_of(payload) or "start", **arrival.event)


def _linked(arrival: Arrival, text: str) -> Arrival:
    """The arrival with the link that repeats its command where the person can be answered."""
    try:
        return replace(arrival, link=links.of_command(parsing.parse(text).name)) if text[:1] == "/" else arrival
    except UserError:
        return arrival


def _about(text: str, number: int | None) -> str:
    """An answer to one picture of an album, as an answer to the album."""
    command, _, words = text.partition(" ") if text[:1] == "/" else ("", "", text)
    if number is None or not words or words[0].isdigit() or command.partition("@")[0] not in ("", "/edit"):
        return text
    return f"{command} {number}: {words}".strip()


def _borrowed(arrival: Arrival, owner: Who, photos: tuple[TelegramPhoto, ...], text: str) -> Borrow:
    """A request with somebody else's photo: of a command, its words."""
    if not text.startswith("/"):
        return Borrow(owner=owner, photos=photos, text=text, **arrival.event)
    try:
        typed = parsing.parse(text)
    except UserError:
        return Borrow(owner=owner, photos=photos, **arrival.event)
    if typed.name.startswith(("persona", "reference")):
        return Borrow(owner=owner, photos=photos, purpose="persona", **arrival.event)
    spec = find(typed.name)
    words = typed.options.get(spec.positional.name, "") if spec and spec.positional else ""
    return Borrow(owner=owner, photos=photos, text=words, **arrival.event)
