"""Where an event came from: the four fields that every incoming value carries."""

from dataclasses import dataclass
from typing import Any

from bot.core.chat.messages import Place, Who


@dataclass(frozen=True, slots=True)
class EventOrigin:
    """`locale` is the language of the person's client, "" where the platform did not tell it."""

    event_id: str
    place: Place
    who: Who
    locale: str

    @property
    def fields(self) -> dict[str, Any]:
        """The keyword arguments of an incoming value."""
        return {"event_id": self.event_id, "place": self.place, "who": self.who, "locale": self.locale}
