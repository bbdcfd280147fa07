"""A message of ours before it is sent: what it says, to whom, and where on Telegram it goes."""

from dataclasses import dataclass

from bot.core.chat.messages import MessageRef, Outgoing, Place, Who
from bot.fronts.common.private_redirect import is_private_in_group
from bot.fronts.telegram.links import GREETING


@dataclass(frozen=True, slots=True)
class Target:
    """A place on Telegram: a chat, its topic, the message to reply to, and whether it is sent without a sound."""

    chat: int
    thread: int | None = None
    answers: int | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """`reader` is on whose behalf pictures are fetched, and who alone reads it when it is private."""

    place: Place
    outgoing: Outgoing
    reader: Who
    locale: str
    instead_of: MessageRef | None = None
    answers: int | None = None
    home: bool = False
    """Whether it goes to the reader's private chat though it belongs to a group."""
    link: str = GREETING
    """The payload of the link into the private chat, where the reader cannot be written to yet."""

    @property
    def ephemeral(self) -> bool:
        """Whether it belongs to a group and may be read by one person alone."""
        return is_private_in_group(self.outgoing, self.place)

    @property
    def thread(self) -> int | None:
        return int(self.place.thread) if self.place.thread else None
