"""Sends what may not stand where it belongs to the person's private chat, else a notice that something waits."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

import structlog

from bot.core.chat.messages import Audience, MessageRef, Outgoing, Place

Send: TypeAlias = Callable[[], Awaitable[MessageRef | None]]
"""Sends a message and returns where it stands; raises NotAllowed where the platform does not let us."""
log = structlog.get_logger(__name__)


class NotAllowed(Exception):
    """The platform lets us post nothing there: we have no right, the person closed their chat, the topic is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The ways of one message, in the order they are tried."""

    here: Send
    """To the place it belongs to."""
    home: Send | None = None
    """To the person's private chat; None where nobody is known who may read it there, or the place is that chat."""
    notice: Send | None = None
    """A few words in a shared place that something waits for the person."""


def is_private_in_group(outgoing: Outgoing, place: Place) -> bool:
    """Whether only one person may read a message though others read in the place."""
    return outgoing.private and place.audience == Audience.GROUP


async def deliver(routes: Routes, *, private: bool) -> MessageRef | None:
    """Send a message by the first way that is open; `private` ones never stand where others read.

    None when none is: what it shows waits in the gallery.
    """
    for way in (None if private else routes.here, routes.home, routes.notice):
        try:
            if way is not None:
                return await way()
        except NotAllowed as exc:
            log.warning("not allowed to post", reason=str(exc))
    return None
