"""Taking messages away; what Telegram lets nobody delete any more shows nothing and offers nothing from then on."""

import struct
import zlib
from collections.abc import Mapping

import structlog
from telegram import Bot, InputMediaPhoto
from telegram.error import BadRequest, TelegramError

from bot.fronts.telegram.connection.api_calls import Calls

_SIDE = 320
"""Pixels of the empty tile; Telegram refuses photos much smaller."""
_GREY = 0xE0
log = structlog.get_logger(__name__)


class Leaving:
    """Deletes messages of ours: within 48 hours (Bot API: deleteMessage), later their pictures become empty tiles."""

    def __init__(self, bot: Bot, calls: Calls) -> None:
        self._bot = bot
        self._calls = calls

    async def remove(self, chat: int, leaving: Mapping[str, bool]) -> None:
        """Take away messages by id; the value says whether one is a picture. Silent where they are gone already."""
        messages = {int(id_): pictured for id_, pictured in leaving.items() if id_.isdecimal()}
        if not messages:
            return
        try:
            await self._calls.paced(chat, lambda now: self._bot.delete_messages(now, list(messages)))
        except TelegramError as exc:
            log.info("messages not deleted", reason=str(exc))
            for id_, pictured in messages.items():
                await self._emptied(chat, id_, pictured=pictured)

    async def _emptied(self, chat: int, id_: int, *, pictured: bool) -> None:
        try:
            if pictured:
                await self._blank(chat, id_)
            else:
                await self._disarm(chat, id_)
        except TelegramError as exc:
            log.info("message not emptied", reason=str(exc))

    async def _blank(self, chat: int, id_: int) -> None:
        """An empty tile in the place of a picture; a document of an album stays, without its caption."""
        try:
            media = InputMediaPhoto(tile(), filename="empty.png")
            await self._calls.paced(chat, lambda now: self._bot.edit_message_media(media, now, id_))
        except BadRequest:
            await self._calls.paced(chat, lambda now: self._bot.edit_message_caption(now, id_, caption=None))

    async def _disarm(self, chat: int, id_: int) -> None:
        await self._calls.paced(chat, lambda now: self._bot.edit_message_reply_markup(now, id_))


def tile() -> bytes:
    """An empty tile as PNG, 8 bits of grey a pixel."""
    rows = (b"\0" + bytes([_GREY]) * _SIDE) * _SIDE
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
