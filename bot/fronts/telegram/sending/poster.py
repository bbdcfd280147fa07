"""Sending on Telegram: to the right chat, each message in its turn, and to the private chat where we may not post."""

from dataclasses import replace

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.core.chat.messages import Audience, Document, MessageRef, Progress, Say, Show, Text, say
from bot.fronts.common.app_port import NoSuchPicture
from bot.fronts.common.message_edits import MessageEdits
from bot.fronts.common.private_redirect import NotAllowed, Routes, deliver
from bot.fronts.common.progress import ProgressPulse, PulseHooks
from bot.fronts.telegram import PLATFORM
from bot.fronts.telegram.connection.api_calls import is_not_allowed, is_too_large
from bot.fronts.telegram.connection.migrated_chats import MigratedChats
from bot.fronts.telegram.connection.timing import Timing
from bot.fronts.telegram.links import link
from bot.fronts.telegram.sending.media import largest_document
from bot.fronts.telegram.sending.message_writer import MessageWriter
from bot.fronts.telegram.sending.outgoing import Post, Target
from bot.fronts.telegram.sending.renderer import Renderer
from bot.fronts.telegram.sending.senders import Content, answering
from bot.fronts.telegram.sending.text_limits import CAPTION, cut

log = structlog.get_logger(__name__)


class Poster:
    """Sends, replaces and removes messages of ours; `official` says whose limits for files hold."""

    def __init__(self, writer: MessageWriter, chats: MigratedChats, timing: Timing, *, official: bool) -> None:
        self.bot, self.app, self.calls = writer.bot, writer.app, writer.calls
        self._writer = writer
        self._chats = chats
        self._timing = timing
        self._edits = MessageEdits()
        self._official = official
        self.progress = ProgressPulse(PulseHooks(self._sign, self._idle, self._show_progress), timing.breath)

    async def send(self, post: Post) -> MessageRef | None:
        """Send a post where it may stand; None where not even its reader can be told. Raises TelegramError."""
        in_group = post.place.audience == Audience.GROUP
        if in_group and not post.ephemeral:
            post = replace(post, locale=await self.app.place_language(post.place, post.locale))
        here = Target(await self._chats.now(int(post.place.chat)), post.thread, post.answers)
        routes = Routes(
            here=lambda: self._allowed(post, here),
            home=(lambda: self._at_home(post, here)) if in_group and post.reader.id.isdecimal() else None,
            notice=(lambda: self._notice(post, here)) if in_group else None,
        )
        return await deliver(routes, private=post.ephemeral)

    async def remove(self, ref: MessageRef) -> None:
        """Delete a message with all that belongs to it; silent when it is gone already."""
        self.progress.end(ref)
        await self._writer.remove(ref)

    async def _allowed(self, post: Post, target: Target) -> MessageRef:
        """Send to a target; raises NotAllowed where Telegram does not let us."""
        try:
            return await self._send(post, target)
        except (Forbidden, BadRequest) as exc:
            if not is_not_allowed(exc):
                raise
            raise NotAllowed(str(exc)) from exc

    async def _at_home(self, post: Post, here: Target) -> MessageRef:
        """Send to the reader's private chat; the message that was to be replaced in the group says so."""
        ref = await self._allowed(replace(post, home=True), Target(int(post.reader.id)))
        old = post.instead_of
        if old and old.chat == str(here.chat) and not post.ephemeral:
            told = replace(post, outgoing=Say(lines=(say("telegram-moved-home", name=post.reader.name),)))
            try:
                await self._send(told, here)
            except TelegramError as exc:
                log.info("group not told", reason=str(exc))
        return ref

    async def _send(self, post: Post, target: Target) -> MessageRef:
        old = post.instead_of if post.instead_of and post.instead_of.chat == str(target.chat) else None
        if isinstance(post.outgoing, Document):
            return await self._document(post, post.outgoing, target)
        if old is None:
            ref: MessageRef | None = await self._writer.write(post, target, None)
            if post.instead_of and not post.home:
                await self.remove(post.instead_of)
        elif isinstance(post.outgoing, Progress) and (current := self.progress.current(old)):
            if current[0].outgoing != post.outgoing:
                self.progress.update(old, (post, target))
            return old
        else:
            self.progress.end(old)
            ref = await self._edits.edit(old, lambda: self._writer.write(post, target, old))
        assert ref, "what is written stands somewhere"
        if isinstance(post.outgoing, Progress):
            self.progress.begin(ref, (post, target), self._timing.tick * (2 if target.chat < 0 else 1))
        return ref

    async def _show_progress(self, ref: MessageRef, shown: tuple[Post, Target]) -> None:
        async with self._edits.lock(ref):
            if self.progress.current(ref):
                try:
                    await self._writer.write(*shown, ref)
                except TelegramError as exc:
                    log.info("progress not shown", reason=str(exc))

    async def _sign(self, shown: tuple[Post, Target]) -> None:
        """Show that a picture is on its way; a chat action is no message and takes no turn."""
        target = shown[1]
        try:
            await self.bot.send_chat_action(target.chat, ChatAction.UPLOAD_PHOTO, message_thread_id=target.thread)
        except TelegramError:
            return

    def _idle(self, shown: tuple[Post, Target]) -> bool:
        return self.calls.limiter.idle(shown[1].chat)

    async def _document(self, post: Post, document: Document, target: Target) -> MessageRef:
        try:
            found = await self.app.picture(document.file, post.reader, "original")
        except NoSuchPicture:
            return await self._send(replace(post, outgoing=_error(say("image-gone"))), target)
        most = largest_document(official=self._official)
        if len(found.data) > most:
            return await self._send(replace(post, outgoing=_too_large(len(found.data), most)), target)
        caption = cut(Renderer(self.app, post.locale).text(document), CAPTION)
        try:
            message = await self.calls.paced(
                target.chat,
                lambda now: self.bot.send_document(
                    now, InputFile(found.data, filename=document.name, attach=False), caption=caption,
                    disable_content_type_detection=True, message_thread_id=target.thread,
                    reply_parameters=answering(target),
                ),
            )  # fmt: skip
        except NetworkError as exc:  # a self-hosted server that is not in local mode has Telegram's own limit
            if not is_too_large(exc):
                raise
            most = largest_document(official=True)
            return await self._send(replace(post, outgoing=_too_large(len(found.data), most)), target)
        return MessageRef(PLATFORM, str(target.chat), str(message.message_id))

    async def _notice(self, post: Post, here: Target) -> MessageRef:
        """Tell the reader in the group that something waits for them, with a link into the private chat."""
        renderer = Renderer(self.app, post.locale)
        button = InlineKeyboardButton(
            renderer.words(say("telegram-open-private")), url=link(self.bot.username, post.link)
        )
        if post.instead_of and post.instead_of.chat == str(here.chat):
            await self.remove(post.instead_of)
        content = Content(renderer.words(_notice_of(post)), InlineKeyboardMarkup([[button]]))
        try:
            layout = await self._writer.senders.send(here, content)
        except (Forbidden, BadRequest) as exc:
            raise NotAllowed(str(exc)) from exc
        return MessageRef(PLATFORM, str(here.chat), layout.at)


def _notice_of(post: Post) -> Text:
    if isinstance(post.outgoing, Show):
        return say("telegram-note-result", name=post.reader.name)
    if not post.reader.id.isdecimal():
        return say("telegram-note-anonymous")
    return say("telegram-note-answer", name=post.reader.name)


def _too_large(size: int, most: int) -> Say:
    return _error(say("telegram-too-large", megabytes=size // 1_000_000, most=most // 1_000_000))


def _error(text: Text) -> Say:
    return Say(lines=(text,), tone="error", private=True)
