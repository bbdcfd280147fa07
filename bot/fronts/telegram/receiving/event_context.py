"""Where an event of Telegram happened, who did it, and how it is answered there."""

from dataclasses import dataclass, replace
from typing import Any

from bot.core.chat.messages import Audience, MessageRef, Outgoing, Place, Who
from bot.fronts.telegram.links import GREETING
from bot.fronts.telegram.sending.outgoing import Post, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class EventContext:
    """`place` is where it belongs, `here` where it happened: they differ under a message that was sent privately."""

    event_id: str
    place: Place
    here: Place
    target: Target
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

    def belonging_to(self, place: Place | None) -> "EventContext":
        return replace(self, place=place) if place else self

    def post(self, outgoing: Outgoing, instead_of: MessageRef | None = None) -> Post:
        """Something said in answer; in a group it answers the message of the person."""
        return Post(
            place=self.place, outgoing=outgoing, reader=self.who, locale=self.locale, instead_of=instead_of,
            answers=self.target.answers if self.place.audience == Audience.GROUP and self.place == self.here else None,
            link=self.link,
        )  # fmt: skip
