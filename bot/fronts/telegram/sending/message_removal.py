"""Deletes our messages, or empties those that Telegram no longer lets a bot delete."""

from collections.abc import Mapping
from pathlib import Path

import structlog
from telegram import Bot, InputMediaPhoto
from telegram.error import BadRequest, TelegramError

from bot.fronts.telegram.connection.api_calls import ApiCalls

EMPTY = Path(__file__).with_name("empty.png")
"""A grey tile of 320 by 320 pixels; Telegram refuses photos much smaller."""
log = structlog.get_logger(__name__)


class MessageRemoval:
    """Deletes messages of ours: within 48 hours (Bot API: deleteMessage), later their pictures become empty tiles."""

    def __init__(self, bot: Bot, calls: ApiCalls) -> None:
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
            media = InputMediaPhoto(EMPTY.read_bytes(), filename=EMPTY.name)
            await self._calls.paced(chat, lambda now: self._bot.edit_message_media(media, now, id_))
        except BadRequest:
            await self._calls.paced(chat, lambda now: self._bot.edit_message_caption(now, id_, caption=None))

    async def _disarm(self, chat: int, id_: int) -> None:
        await self._calls.paced(chat, lambda now: self._bot.edit_message_reply_markup(now, id_))
