"""Who sits behind a request, and in which room: the owner at home, or a signed-in person in the team's room."""

import unicodedata
from dataclasses import dataclass

from aiohttp import web

from bot.core.chat.messages import Audience, Place, Who

PLATFORM = "web"
BOT = "bot"
"""The author of our own entries; nobody may sign in under this id."""
NAME_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Person:
    """The reader of a page: who they are, where they chat, and in which language."""

    who: Who
    place: Place
    locale: str

    @property
    def reads_alone(self) -> bool:
        return self.place.audience == Audience.PRIVATE


PERSON = web.RequestKey("person", Person)

OWNER = Who("local", "operator", "You")
HOME = Place(PLATFORM, "home", audience=Audience.PRIVATE)
TEAM = Place(PLATFORM, "team", audience=Audience.GROUP)


def member(name: str) -> Who | None:
    """The team member of that display name, or None where it names nobody.

    Names that differ only in case, spacing or punctuation are one person.
    """
    shown = " ".join("".join(c if c.isprintable() else " " for c in name).split())[:NAME_LONGEST].strip()
    slug = _slug(shown)
    return Who(PLATFORM, slug, shown) if slug and slug != BOT else None


def _slug(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "-".join("".join(c if c.isalnum() else " " for c in folded).split())[:NAME_LONGEST]
