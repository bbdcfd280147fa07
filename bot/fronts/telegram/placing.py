"""Putting a message into a chat, or in the place of another: as text, as one picture, or as an album with its words."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

import structlog
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.error import BadRequest, TelegramError

from bot.core.app import NoSuchPicture
from bot.core.messages import MessageRef, Picture, Show
from bot.fronts.telegram.calls import Calls, is_gone, is_no_photo, is_unchanged
from bot.fronts.telegram.media import File, file_of
from bot.fronts.telegram.memory import Memory, Standing
from bot.fronts.telegram.post import Post, Spot
from bot.fronts.telegram.seams import PLATFORM, ChatApp
from bot.fronts.telegram.text import CAPTION, MESSAGE, cut, split
from bot.fronts.telegram.view import Viewer, pictures_of

ALBUM = 8
"""Pictures of an album of ours; Telegram takes ten."""
log = structlog.get_logger(__name__)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Content:
    """What is to stand in the chat: finished words, buttons, and pictures still to be fetched."""

    text: str
    keyboard: InlineKeyboardMarkup | None = None
    pictures: tuple[Picture, ...] = ()
    leaving: list[str] = field(default_factory=list)
    """Messages to be taken away once it is noted what stands in their place."""

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(picture.id for picture in self.pictures)


class Placing:
    """Knows how to make a chat look as a post wants it."""

    def __init__(self, bot: Bot, app: ChatApp, calls: Calls, memory: Memory) -> None:
        self._bot = bot
        self._app = app
        self._calls = calls
        self.memory = memory

    async def put(self, post: Post, spot: Spot, old: MessageRef | None) -> MessageRef:
        """Show a post at a spot, in place of `old` where that stands there; raises TelegramError."""
        viewer = Viewer(self._app, post.locale)
        shown = pictures_of(post.outgoing)
        content = Content(viewer.text(post.outgoing), viewer.keyboard(post.outgoing), shown)
        if len(shown) < 2 and not post.whispered:
            return await self._put(post, spot, content, old)
        async with self.memory.settling(str(spot.chat)):
            return await self._put(post, spot, content, old)

    async def _put(self, post: Post, spot: Spot, content: Content, old: MessageRef | None) -> MessageRef:
        before = await self.memory.standing(old) if old else None
        after = await self._placed(post, spot, content, before)
        elsewhere = post.place if post.whispered else None
        after = replace(after, shows=isinstance(post.outgoing, Show), place=elsewhere)
        ref = old or MessageRef(PLATFORM, str(spot.chat), after.at)
        await self.memory.stand(ref, after, post.reader.id)
        await self.remove(spot.chat, content.leaving)
        return ref

    async def send(self, spot: Spot, content: Content) -> Standing:
        """Words as one message, or as several where they are long; the last carries the buttons."""
        *first, last = split(content.text)
        for piece in first:
            await self._text(spot, Content(piece))
        message = await self._text(spot, replace(content, text=last))
        return Standing(str(message.message_id))

    async def remove(self, chat: int, ids: Sequence[str]) -> None:
        """Delete messages of ours; those Telegram lets nobody delete any more lose their buttons."""
        numbers = [int(id_) for id_ in ids if id_.isdecimal()]
        if not numbers:
            return
        try:
            await self._calls.paced(chat, lambda now: self._bot.delete_messages(now, numbers))
        except TelegramError as exc:
            log.info("messages not deleted", reason=str(exc))
            await self._disarm(chat, numbers[-1])

    async def _disarm(self, chat: int, id_: int) -> None:
        try:
            await self._calls.paced(chat, lambda now: self._bot.edit_message_reply_markup(now, id_))
        except TelegramError as exc:
            log.info("buttons not removed", reason=str(exc))

    async def _placed(self, post: Post, spot: Spot, content: Content, before: Standing | None) -> Standing:
        if before and content.ids == before.pictures and content.ids:
            return await self._words(spot, content, before) or await self._fresh(post, spot, content, before)
        if not content.pictures:
            return await self._without_pictures(spot, content, before)
        if len(content.pictures) == 1 and before:
            return await self._one_instead(post, spot, content, before)
        return await self._fresh(post, spot, content, before)

    async def _without_pictures(self, spot: Spot, content: Content, before: Standing | None) -> Standing:
        """Words alone. A result goes when words replace it; a picture that was asked about stays above the answer."""
        if before is None:
            return await self.send(spot, content)
        if before.shows and before.kind == "media":
            content.leaving.append(before.at)
            return await self.send(spot, content)
        if before.shows and before.album:
            content.leaving.extend(before.album)
            before = replace(before, album=(), pictures=())
        return await self._words(spot, content, before) or await self.send(spot, content)

    async def _fresh(self, post: Post, spot: Spot, content: Content, before: Standing | None) -> Standing:
        """Everything sent anew, and what stood there before taken away after that."""
        files = await self._files(post, content.pictures)
        if not files:
            after = await self.send(spot, content)
        elif len(files) == 1:
            after = await self._one(spot, content, files[0][1])
        else:
            after = await self._several(post, spot, content, files)
        if before:
            content.leaving.extend([*before.album, before.at])
        return replace(after, pictures=content.ids)

    async def _one_instead(self, post: Post, spot: Spot, content: Content, before: Standing) -> Standing:
        """One picture in the place of words or of another picture."""
        files = await self._files(post, content.pictures)
        if not files:
            return await self._without_pictures(spot, content, before)
        media = files[0][1].media(cut(content.text, CAPTION))
        at = int(before.at)
        try:
            await self._calls.paced(
                spot.chat, lambda now: self._bot.edit_message_media(media, now, at, reply_markup=content.keyboard)
            )
        except BadRequest as exc:
            if not is_unchanged(exc):
                return await self._fresh(post, spot, content, before)
        content.leaving.extend(before.album)
        return Standing(before.at, "media", pictures=content.ids)

    async def _words(self, spot: Spot, content: Content, before: Standing) -> Standing | None:
        """Edit the words and buttons alone; None when the message is gone."""
        at = int(before.at)
        text = cut(content.text, MESSAGE if before.kind == "text" else CAPTION)
        try:
            if before.kind == "text":
                await self._calls.paced(
                    spot.chat,
                    lambda now: self._bot.edit_message_text(
                        text, now, at, reply_markup=content.keyboard, link_preview_options=NO_PREVIEW
                    ),
                )
            else:
                await self._calls.paced(
                    spot.chat,
                    lambda now: self._bot.edit_message_caption(now, at, caption=text, reply_markup=content.keyboard),
                )
        except BadRequest as exc:
            if is_gone(exc):
                return None
            if not is_unchanged(exc):
                raise
        return before

    async def _one(self, spot: Spot, content: Content, file: File) -> Standing:
        try:
            message = await self._single(spot, content, file)
        except BadRequest as exc:
            if not (file.as_photo and is_no_photo(exc)):
                raise
            message = await self._single(spot, content, replace(file, as_photo=False))
        return Standing(str(message.message_id), "media")

    async def _single(self, spot: Spot, content: Content, file: File) -> Message:
        caption = cut(content.text, CAPTION)
        send = self._bot.send_photo if file.as_photo else self._bot.send_document
        return await self._calls.paced(
            spot.chat,
            lambda now: send(
                now,
                file.input(),
                caption=caption or None,
                reply_markup=content.keyboard,
                message_thread_id=spot.thread,
                reply_parameters=answering(spot),
            ),
        )

    async def _several(
        self, post: Post, spot: Spot, content: Content, files: Sequence[tuple[Picture, File]]
    ) -> Standing:
        """Albums, photos apart from documents as Telegram wants it, and then the words with the buttons."""
        viewer = Viewer(self._app, post.locale)
        sent: list[str] = []
        for _, run in groupby(files, lambda pair: pair[1].as_photo):
            pairs = list(run)
            for start in range(0, len(pairs), ALBUM):
                sent += await self._album(spot, [(viewer.label(p), f) for p, f in pairs[start : start + ALBUM]])
        control = await self.send(replace(spot, answers=None), replace(content, pictures=()))
        return replace(control, album=tuple(sent))

    async def _album(self, spot: Spot, labelled: Sequence[tuple[str, File]]) -> list[str]:
        if len(labelled) == 1:
            return [(await self._one(spot, Content(labelled[0][0]), labelled[0][1])).at]
        media = [file.media(cut(label, CAPTION)) for label, file in labelled]
        messages = await self._calls.paced(
            spot.chat,
            lambda now: self._bot.send_media_group(
                now,
                media,
                disable_notification=True,  # the words that follow ring, once
                message_thread_id=spot.thread,
                reply_parameters=answering(spot),
            ),
            weight=len(media),
        )
        return [str(message.message_id) for message in messages]

    async def _files(self, post: Post, pictures: Sequence[Picture]) -> list[tuple[Picture, File]]:
        """The pictures with their bytes, without those that are gone meanwhile."""
        found = []
        for picture in pictures:
            try:
                found.append((picture, await file_of(self._app, picture, post.reader)))
            except NoSuchPicture:
                continue
        return found

    async def _text(self, spot: Spot, content: Content) -> Message:
        return await self._calls.paced(
            spot.chat,
            lambda now: self._bot.send_message(
                now,
                content.text,
                reply_markup=content.keyboard,
                message_thread_id=spot.thread,
                reply_parameters=answering(spot),
                link_preview_options=NO_PREVIEW,
            ),
        )


def answering(spot: Spot) -> ReplyParameters | None:
    """The message a new one answers; one that was deleted meanwhile stops nothing."""
    return ReplyParameters(spot.answers, allow_sending_without_reply=True) if spot.answers else None
