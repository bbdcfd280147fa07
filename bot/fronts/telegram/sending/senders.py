"""New messages: words, one picture, or albums with their words below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import NamedTuple

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest

from bot.core.chat.messages import Picture, Who
from bot.fronts.common.app_port import ChatApp, NoSuchPicture
from bot.fronts.telegram.connection.api_calls import ApiCalls, is_no_photo
from bot.fronts.telegram.sending.media import File, file_of
from bot.fronts.telegram.sending.message_store import MessageLayout
from bot.fronts.telegram.sending.outgoing import Target
from bot.fronts.telegram.sending.text_limits import CAPTION, cut, split

ALBUM = 8
"""Pictures of an album of ours; Telegram takes ten."""
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Content:
    """What is to stand in the chat: finished words, buttons, and pictures still to be fetched, each with a label."""

    text: str
    keyboard: InlineKeyboardMarkup | None = None
    pictures: tuple[Picture, ...] = ()
    labels: tuple[str, ...] = ()
    obsolete: dict[str, bool] = field(default_factory=dict)
    """Messages to delete once the new layout is noted, and whether each is a picture."""

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(picture.id for picture in self.pictures)


class Labelled(NamedTuple):
    """A picture ready to be sent, the words under it among others, and the number people call it by."""

    label: str
    file: File
    number: int


class Senders:
    """Sends what did not stand in the chat before; raises TelegramError."""

    def __init__(self, bot: Bot, app: ChatApp, calls: ApiCalls) -> None:
        self._bot = bot
        self._app = app
        self._calls = calls

    async def files(self, content: Content, viewer: Who) -> list[Labelled]:
        """The pictures with their bytes, without those that are gone meanwhile."""
        found: list[Labelled] = []
        for picture, label in zip(content.pictures, content.labels, strict=True):
            try:
                found.append(Labelled(label, await file_of(self._app, picture, viewer), picture.number))
            except NoSuchPicture:
                continue
        return found

    async def send(self, target: Target, content: Content, files: Sequence[Labelled] = ()) -> MessageLayout:
        """Words and pictures; one picture carries the words itself."""
        if len(files) == 1:
            return await self._one(target, content, files[0].file)
        album = await self._albums(target, files)
        words = await self._words(replace(target, answers=None) if album else target, content)
        return replace(words, album=album, numbers=tuple(one.number for one in files))

    async def _words(self, target: Target, content: Content) -> MessageLayout:
        """One message, or several where the words are many; the last carries the buttons."""
        *first, last = split(content.text)
        for piece in first:
            await self._text(target, piece, None)
        return MessageLayout(str((await self._text(target, last, content.keyboard)).message_id))

    async def _text(self, target: Target, text: str, keyboard: InlineKeyboardMarkup | None) -> Message:
        return await self._calls.paced(
            target.chat,
            lambda now: self._bot.send_message(
                now, text, reply_markup=keyboard, message_thread_id=target.thread, reply_parameters=answering(target),
                link_preview_options=NO_PREVIEW, disable_notification=target.quiet,
            ),
        )  # fmt: skip

    async def _one(self, target: Target, content: Content, file: File) -> MessageLayout:
        try:
            message = await self._single(target, content, file)
        except BadRequest as exc:
            if not (file.as_photo and is_no_photo(exc)):
                raise
            message = await self._single(target, content, replace(file, as_photo=False))
        return MessageLayout(str(message.message_id), "media")

    async def _single(self, target: Target, content: Content, file: File) -> Message:
        caption = cut(content.text, CAPTION)
        send = self._bot.send_photo if file.as_photo else self._bot.send_document
        return await self._calls.paced(
            target.chat,
            lambda now: send(
                now, file.input(), caption=caption or None, reply_markup=content.keyboard,
                message_thread_id=target.thread, reply_parameters=answering(target), disable_notification=target.quiet,
            ),
        )  # fmt: skip

    async def _albums(self, target: Target, files: Sequence[Labelled]) -> tuple[str, ...]:
        """Photos apart from documents, as Telegram wants it."""
        sent: list[str] = []
        for _, run in groupby(files, lambda labelled: labelled.file.as_photo):
            for album in _parted(run):
                sent += await self._album(target, album)
        return tuple(sent)

    async def _album(self, target: Target, files: Sequence[Labelled]) -> list[str]:
        if len(files) == 1:
            return [(await self._one(target, Content(files[0].label), files[0].file)).at]
        media = [one.file.media(cut(one.label, CAPTION)) for one in files]
        messages = await self._calls.paced(
            target.chat,
            lambda now: self._bot.send_media_group(
                now, media, message_thread_id=target.thread, reply_parameters=answering(target),
                disable_notification=True,  # the words that follow ring, once
            ),
            weight=len(media),
        )  # fmt: skip
        return [str(message.message_id) for message in messages]


def _parted(files: Iterable[Labelled]) -> list[list[Labelled]]:
    """Pictures as albums, each light enough to be taken in one piece."""
    albums: list[list[Labelled]] = [[]]
    for one in files:
        weight = sum(len(other.file.data) for other in albums[-1]) + len(one.file.data)
        if albums[-1] and (len(albums[-1]) == ALBUM or weight > FileSizeLimit.FILESIZE_UPLOAD):
            albums.append([])
        albums[-1].append(one)
    return albums


def answering(target: Target) -> ReplyParameters | None:
    """The message a new one answers; one that was deleted meanwhile stops nothing."""
    return ReplyParameters(target.answers, allow_sending_without_reply=True) if target.answers else None
