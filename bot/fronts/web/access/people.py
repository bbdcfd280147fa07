"""The person behind a request and the place they read: the owner at home, or an account in the team's place."""

from dataclasses import dataclass

from aiohttp import web

from bot.core.account.web_accounts import TEAM as TEAM_CHAT
from bot.core.account.web_accounts import Session, WebRole
from bot.core.chat.messages import Audience, Place, Who

PLATFORM = "web"
BOT = "bot"
"""The author of our own entries; accounts have ids of another form."""


@dataclass(frozen=True, slots=True)
class Person:
    """The reader of a page: who they are, where they chat, in which language, by which session (None: the owner)."""

    who: Who
    place: Place
    locale: str
    session: Session | None = None

    @property
    def reads_alone(self) -> bool:
        return self.place.audience == Audience.PRIVATE

    @property
    def operates(self) -> bool:
        """Whether they may invite and block."""
        return self.session is None or self.session.account.role == WebRole.OPERATOR


PERSON = web.RequestKey("person", Person)

OWNER = Who("local", "operator", "You")
HOME = Place(PLATFORM, "home", audience=Audience.PRIVATE)
TEAM = Place(PLATFORM, TEAM_CHAT, audience=Audience.GROUP)


def owner(locale: str) -> Person:
    """The owner of this machine, who needs no account."""
    return Person(OWNER, HOME, locale)


def member(session: Session, locale: str) -> Person:
    """The person of a session in the team's place."""
    return Person(Who(PLATFORM, session.account.id, session.account.name), TEAM, locale, session)
