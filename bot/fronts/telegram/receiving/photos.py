"""Photos and files people sent, as the core takes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from telegram import Bot, Message
from telegram.error import BadRequest, TelegramError

from bot.core.chat.errors import UserError

_NAME_LONGEST = 120


@dataclass(frozen=True, slots=True)
class TelegramPhoto:
    """A file on Telegram's servers; `key` fetches it."""

    bot: Bot
    key: str
    name: str
    size: int
    compressed: bool = False
    """Whether Telegram made it smaller, as it does with what is not sent as a file."""

    async def read(self) -> bytes:
        """The bytes; raises UserError when Telegram does not hand them over."""
        try:
            file = await self.bot.get_file(self.key)
            return bytes(await file.download_as_bytearray())
        except BadRequest as exc:
            if "too big" in exc.message.lower():
                raise UserError("photo-too_heavy", name=self.name, megabytes=self.size // 1_000_000) from exc
            raise UserError("telegram-photo-gone", name=self.name) from exc
        except (TelegramError, OSError) as exc:
            raise UserError("telegram-photo-unread", name=self.name) from exc

    def data(self) -> dict[str, Any]:
        """What is needed to find it again, as JSON."""
        return {"key": self.key, "name": self.name, "size": self.size, "compressed": self.compressed}


def recalled(bot: Bot, data: Iterable[dict[str, Any]]) -> tuple[TelegramPhoto, ...]:
    """The photos that `TelegramPhoto.data` wrote."""
    return tuple(TelegramPhoto(bot, **one) for one in data)


def photos_of(bot: Bot, messages: Iterable[Message]) -> tuple[TelegramPhoto, ...]:
    """The photos and files of messages; Telegram gives photos no names, so they are numbered."""
    found: list[TelegramPhoto] = []
    for message in messages:
        if message.photo:
            largest = message.photo[-1]
            name = f"photo-{len(found) + 1}.jpg"
            found.append(TelegramPhoto(bot, largest.file_id, name, largest.file_size or 0, compressed=True))
        elif message.document and not message.animation:
            document = message.document
            name = (document.file_name or f"file-{len(found) + 1}")[-_NAME_LONGEST:]
            found.append(TelegramPhoto(bot, document.file_id, name, document.file_size or 0))
    return tuple(found)


def best_first(photos: Iterable[TelegramPhoto]) -> tuple[TelegramPhoto, ...]:
    """Files before photos, which lost detail on their way: where only so many fit, those that fit are the best."""
    return tuple(sorted(photos, key=lambda photo: photo.compressed))


def is_other(message: Message) -> bool:
    """Whether somebody sent something that is neither words nor a file we could read: a sticker, a video, a voice."""
    other = (
        message.animation, message.audio, message.contact, message.dice, message.location, message.poll,
        message.sticker, message.story, message.venue, message.video, message.video_note, message.voice,
    )  # fmt: skip
    return any(one is not None for one in other)
