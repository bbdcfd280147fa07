"""What this process knows of our own messages: whose token still edits them, and what is attached to them."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import discord

from bot.fronts.discord.sending.upload_files import Copy

MOST = 5_000
"""Messages remembered; a forgotten one is edited with the bot's own rights and its pictures are uploaded again."""
_BEFORE_THE_END = timedelta(seconds=20)
"""A token ends 15 minutes after its event (Discord: Receiving and Responding); a call needs some of that itself."""


@dataclass(slots=True)
class MessageState:
    """One message of ours."""

    token: discord.Interaction[Any] | None = None
    """The event whose token edits the message."""
    original: bool = False
    """Whether the message is the event's own answer."""
    ephemeral: bool = False
    going: bool = False
    """Whether it shows progress whose result is still to come."""
    edited: float = 0.0
    """When it was last changed, in Unix seconds."""
    attachments: dict[str, tuple[discord.Attachment, Copy]] = field(default_factory=dict)
    """By picture id, and what each is of the picture."""
    reacted: bool = False

    @property
    def live(self) -> discord.Interaction[Any] | None:
        """The event whose token still works."""
        if self.token and discord.utils.utcnow() < self.token.expires_at - _BEFORE_THE_END:
            return self.token
        return None
