"""What is known of our own messages while the process lives: whose token still edits them, and what hangs on them."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import discord

from bot.fronts.discord.sending.upload_files import Copy

_MOST = 5_000
"""Messages remembered; one that is forgotten is edited with the bot's own rights and its pictures are sent again."""
_BEFORE_THE_END = timedelta(seconds=20)
"""A token ends 15 minutes after its event (Discord: Receiving and Responding); a call needs some of that itself."""


@dataclass(slots=True)
class Note:
    """One message of ours.

    `token` is the event whose token edits the message, as its own answer when `original`. `going` says that it
    shows progress whose result is still to come, `edited` when it was last changed (Unix seconds).
    """

    token: discord.Interaction[Any] | None = None
    original: bool = False
    ephemeral: bool = False
    going: bool = False
    edited: float = 0.0
    hanging: dict[str, tuple[discord.Attachment, Copy]] = field(default_factory=dict)
    """Attachments by picture id, and what each is of the picture."""
    reacted: bool = False
    later: asyncio.TimerHandle | None = None
    """A change that waits for its time."""
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def live(self) -> discord.Interaction[Any] | None:
        """The event whose token still works."""
        if self.token and discord.utils.utcnow() < self.token.expires_at - _BEFORE_THE_END:
            return self.token
        return None

    def drop_later(self) -> None:
        """Forget a change that waits: something newer is shown."""
        if self.later:
            self.later.cancel()
            self.later = None


class Notes:
    """The newest messages by id."""

    def __init__(self) -> None:
        self._notes: OrderedDict[int, Note] = OrderedDict()

    def of(self, id_: int) -> Note:
        """What is known of a message, to be added to."""
        note = self._notes.setdefault(id_, Note())
        self._notes.move_to_end(id_)
        if len(self._notes) > _MOST:
            self._notes.popitem(last=False)
        return note

    def forget(self, id_: int) -> None:
        self._notes.pop(id_, None)
