"""An event on its way into the core: where it happened, who did it, and how we answer there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from telegram import Bot, Chat, Message, User

from bot.core.chat.messages import Form, MessageRef, Outgoing, Place, Speak, Who
from bot.fronts.telegram.app_port import PLATFORM
from bot.fronts.telegram.connection.migrated_chats import Chats
from bot.fronts.telegram.links import GREETING
from bot.fronts.telegram.receiving.people import People
from bot.fronts.telegram.sending.outgoing import Post, Target
from bot.fronts.telegram.sending.poster import Poster


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """`place` is where it belongs, `here` where it happened: they differ under a message that was sent privately."""

    event_id: str
    place: Place
    here: Place
    spot: Target
    who: Who
    client: str
    """The language of the person's client."""
    locale: str
    """The language they read."""
    link: str = GREETING

    @property
    def event(self) -> dict[str, Any]:
        """The fields every incoming value carries."""
        return {"event_id": self.event_id, "place": self.place, "who": self.who, "locale": self.client}

    def belonging_to(self, place: Place | None) -> "Arrival":
        return replace(self, place=place) if place else self

    def post(self, outgoing: Outgoing, instead_of: MessageRef | None = None) -> Post:
        """Something said in answer; in a group it answers the message of the person."""
        return Post(
            place=self.place, outgoing=outgoing, reader=self.who, locale=self.locale, instead_of=instead_of,
            answers=self.spot.answers if self.place.audience == "group" and self.place == self.here else None,
            link=self.link,
        )  # fmt: skip


Asks = Callable[[Arrival, Form], Awaitable[MessageRef]]
"""Begins to ask for what a form wants to know."""


class Arrivals:
    """Makes arrivals of what Telegram tells, and answers them."""

    def __init__(self, bot: Bot, people: People, chats: Chats, poster: Poster) -> None:
        self._bot = bot
        self.people = people
        self._chats = chats
        self.poster = poster

    async def of_message(self, message: Message, event: str) -> Arrival | None:
        """What somebody wrote; None for what comes from other bots or was forwarded by itself."""
        who = await self.people.author(message)
        if who is None:
            return None
        thread = message.message_thread_id if message.is_topic_message else None
        spot = Target(message.chat.id, thread, message.message_id)
        return await self._arrival(event, spot, who, message.from_user)

    async def of_user(self, user: User, chat: Chat, thread: int | None, event: str) -> Arrival:
        """What somebody did in a chat without writing."""
        return await self._arrival(event, Target(chat.id, thread), await self.people.who(user, chat), user)

    async def _arrival(self, event: str, spot: Target, who: Who, user: User | None) -> Arrival:
        client = (user.language_code if user else None) or "en"
        first = await self._chats.first(spot.chat)
        thread = str(spot.thread) if spot.thread else None
        place = Place(PLATFORM, str(first), thread, "private" if spot.chat > 0 else "group")
        return Arrival(
            event_id=f"tg:{self._bot.id}:{event}", place=place, here=place, spot=spot, who=who,
            client=client, locale=await self.people.locale(who),
        )  # fmt: skip

    def speaker(self, arrival: Arrival, asks: Asks) -> Speak:
        """How the core answers an arrival."""

        async def speak(outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef:
            if isinstance(outgoing, Form):
                return await asks(arrival, outgoing)
            return await self.poster.post(arrival.post(outgoing, instead_of))

        return speak
