"""Calls to Telegram in their turn: silence is kept when it is asked for, and groups that moved are followed."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError

from bot.fronts.common.rate_limiter import RateLimiter
from bot.fronts.telegram.connection.migrated_chats import MigratedChats
from bot.fronts.telegram.connection.transport import Flooded

_Result = TypeVar("_Result")
LONGEST_SILENCE = 600.0
"""Seconds for which a message waits while Telegram wants silence: others may have had their turns before it."""
_NOT_ALLOWED = (
    "not enough rights", "have no rights", "need administrator rights", "topic_closed", "topic_deleted",
    "thread not found", "chat not found", "chat_write_forbidden", "chat_restricted", "chat_admin_required",
    "group chat was deactivated", "forbidden",
)  # fmt: skip
_UNCHANGED = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid", "message identifier is not")
_NO_PHOTO = ("photo_invalid_dimensions", "image_process_failed", "photo_save_file_invalid", "wrong file", "too big")

log = structlog.get_logger(__name__)


class ApiCalls:
    """Everything that shows something in a chat goes through here."""

    def __init__(self, limiter: RateLimiter, chats: MigratedChats) -> None:
        self.limiter = limiter
        self._chats = chats

    async def paced(self, chat: int, call: Callable[[int], Awaitable[_Result]], weight: int = 1) -> _Result:
        """What `call` returns for the chat's present id, once it is its turn; raises TelegramError."""
        begun = asyncio.get_running_loop().time()
        while True:
            await self.limiter.turn(chat, weight)
            try:
                return await call(chat)
            except Flooded as exc:
                if asyncio.get_running_loop().time() + exc.seconds > begun + LONGEST_SILENCE:
                    raise
                log.warning("telegram begin_form for silence", seconds=exc.seconds)
                self.limiter.hold(chat, exc.seconds)
            except ChatMigrated as exc:
                await self._chats.moved(chat, exc.new_chat_id)
                chat = exc.new_chat_id


def is_unchanged(exc: BadRequest) -> bool:
    """Whether an edit failed since the message reads so already."""
    return _UNCHANGED in exc.message.lower()


def is_gone(exc: BadRequest) -> bool:
    """Whether an edit failed since the message was deleted or is too old."""
    return exc.message.lower().startswith(_GONE)


def is_not_allowed(exc: TelegramError) -> bool:
    """Whether Telegram lets us post nothing, or nothing of this kind, in a chat.

    It answers 403 only to some of that, and 400 with these words to the rest (TDLib and MTProto error names).
    """
    return isinstance(exc, Forbidden) or any(words in exc.message.lower() for words in _NOT_ALLOWED)


def is_too_large(exc: NetworkError) -> bool:
    """Whether a server did not take a file for its size."""
    return "too large" in exc.message.lower()


def is_no_photo(exc: BadRequest) -> bool:
    """Whether Telegram does not take a file as photo; as document it may."""
    return any(words in exc.message.lower() for words in _NO_PHOTO)
