"""Attached files as the core takes them: read at once, since their addresses expire."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

import aiohttp
import discord

from bot.core.chat.errors import UserError

_PATIENCE = 30.0
"""Seconds the platform gets to hand over one file."""


@dataclass(frozen=True, slots=True)
class AttachedPhoto:
    """A file that hangs on a message, a command or a form."""

    attachment: discord.Attachment

    @property
    def name(self) -> str:
        return self.attachment.filename

    @property
    def size(self) -> int:
        return self.attachment.size

    async def read(self) -> bytes:
        """The bytes; raises UserError when the file is gone or Discord does not hand it over."""
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self.attachment.read()
        except (discord.NotFound, discord.Forbidden) as exc:
            raise UserError("discord-photo-gone", name=self.name[:60]) from exc
        except (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError) as exc:
            raise UserError("discord-photo-unread", name=self.name[:60]) from exc


def photos_of(attachments: Iterable[discord.Attachment]) -> tuple[AttachedPhoto, ...]:
    """All attached files: the core says what is wrong with one that is no photo."""
    return tuple(AttachedPhoto(attachment) for attachment in attachments)


def pictures_of(message: discord.Message) -> tuple[AttachedPhoto, ...]:
    """The pictures of somebody's message; what else hangs on it was not meant."""
    return photos_of(one for one in message.attachments if (one.content_type or "").startswith("image/"))
