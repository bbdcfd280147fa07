"""Writes a message into a chat, or in the place of another, and notes its layout."""

from collections.abc import Sequence
from dataclasses import replace

from telegram import Bot
from telegram.error import BadRequest

from bot.core.chat.messages import MessageRef, Show
from bot.fronts.common.app_port import ChatApp
from bot.fronts.common.contents import lost, pictures_of
from bot.fronts.telegram import PLATFORM
from bot.fronts.telegram.connection.api_calls import ApiCalls, is_gone, is_unchanged
from bot.fronts.telegram.sending.message_removal import MessageRemoval
from bot.fronts.telegram.sending.message_store import LayoutStore, MessageLayout
from bot.fronts.telegram.sending.outgoing import Post, Target
from bot.fronts.telegram.sending.renderer import Renderer
from bot.fronts.telegram.sending.senders import NO_PREVIEW, Content, Labelled, Senders
from bot.fronts.telegram.sending.text_limits import CAPTION, MESSAGE, cut


class MessageWriter:
    """Makes a chat show a post with as few calls as possible."""

    def __init__(self, bot: Bot, app: ChatApp, calls: ApiCalls, store: LayoutStore) -> None:
        self.bot = bot
        self.app = app
        self.calls = calls
        self._removal = MessageRemoval(bot, calls)
        self.senders = Senders(bot, app, calls)
        self._store = store

    async def write(self, post: Post, target: Target, old: MessageRef | None) -> MessageRef:
        """Show a post at a target, in place of `old` where that stands there; raises TelegramError."""
        renderer = Renderer(self.app, post.locale)
        shown = pictures_of(post.outgoing)
        content = Content(
            renderer.text(post.outgoing), renderer.keyboard(post.outgoing), shown, tuple(map(renderer.label, shown))
        )
        if len(shown) < 2 and not post.ephemeral:
            return await self._write(post, target, content, old)
        async with self._store.settling(str(target.chat)):
            return await self._write(post, target, content, old)

    async def remove(self, ref: MessageRef) -> None:
        """Delete a message with all that belongs to it."""
        await self._removal.remove(int(ref.chat), (await self._store.layout(ref)).messages)
        await self._store.forget(ref.chat, ref.id)

    async def _write(self, post: Post, target: Target, content: Content, old: MessageRef | None) -> MessageRef:
        before = await self._store.layout(old) if old else None
        if before:
            content.obsolete.update(before.leaving)  # of a crash after the note below
        after = await self._layout_of(post, target, content, before)
        elsewhere = post.place if post.ephemeral or post.home else None
        after = replace(after, shows=isinstance(post.outgoing, Show), place=elsewhere, leaving=content.obsolete)
        ref = old or MessageRef(PLATFORM, str(target.chat), after.at)
        await self._store.keep_layout(ref, after, post.reader.id)
        if before and before.at != after.at:
            await self._store.sent(str(target.chat), before.at)
        if content.obsolete:
            await self._removal.remove(target.chat, content.obsolete)
            await self._store.keep_layout(ref, replace(after, leaving={}), post.reader.id)
        return ref

    async def _layout_of(
        self, post: Post, target: Target, content: Content, before: MessageLayout | None
    ) -> MessageLayout:
        if before and content.ids == before.pictures and content.ids:
            return await self._words(target, content, before) or await self._fresh(post, target, content, before)
        if not content.pictures:
            return await self._without_pictures(target, content, before)
        if len(content.pictures) == 1 and before:
            return await self._one_instead(post, target, content, before)
        return await self._fresh(post, target, content, before)

    async def _without_pictures(self, target: Target, content: Content, before: MessageLayout | None) -> MessageLayout:
        """Words alone. A result goes when words replace it; a picture that was asked about stays above the answer."""
        if before is None:
            return await self.senders.send(target, content)
        if before.shows and before.kind == "media":
            content.obsolete.update(before.messages)
            return await self.senders.send(target, content)
        if before.shows and before.album:
            content.obsolete.update(before.shown)
            before = replace(before, album=(), numbers=(), pictures=())
        return await self._words(target, content, before) or await self.senders.send(target, content)

    async def _fresh(self, post: Post, target: Target, content: Content, before: MessageLayout | None) -> MessageLayout:
        """Send everything anew, and delete the earlier messages after that."""
        files = await self.senders.files(content, post.reader)
        content = self._naming_lost(post, content, files)
        # What a crash cut off comes again, since Telegram tells nobody what it has; it rings no second time.
        again = before is not None and await self._store.sending(str(target.chat), before.at)
        after = await self.senders.send(replace(target, quiet=again), content, files)
        if before:
            content.obsolete.update(before.messages)
        return replace(after, pictures=content.ids)

    def _naming_lost(self, post: Post, content: Content, files: Sequence[Labelled]) -> Content:
        """The content with a line on the pictures that could not be fetched."""
        words = Renderer(self.app, post.locale).words
        found = {picture.id for picture in content.pictures if picture.number in {one.number for one in files}}
        lines = [words(text) for text in lost(content.pictures, found)]
        return replace(content, text="\n".join((content.text, *lines)))

    async def _one_instead(self, post: Post, target: Target, content: Content, before: MessageLayout) -> MessageLayout:
        """One picture in the place of words or of another picture."""
        files = await self.senders.files(content, post.reader)
        content = self._naming_lost(post, content, files)
        if not files:
            return await self._without_pictures(target, content, before)
        media = files[0].file.media(cut(content.text, CAPTION))
        at = int(before.at)
        try:
            await self.calls.paced(
                target.chat, lambda now: self.bot.edit_message_media(media, now, at, reply_markup=content.keyboard)
            )
        except BadRequest as exc:
            if not is_unchanged(exc):
                return await self._fresh(post, target, content, before)
        content.obsolete.update(before.shown)
        content.obsolete.pop(before.at, None)
        return MessageLayout(before.at, "media", pictures=content.ids)

    async def _words(self, target: Target, content: Content, before: MessageLayout) -> MessageLayout | None:
        """Edit the words and buttons alone; None when the message is gone."""
        at = int(before.at)
        text = cut(content.text, MESSAGE if before.kind == "text" else CAPTION)
        try:
            if before.kind == "text":
                await self.calls.paced(
                    target.chat,
                    lambda now: self.bot.edit_message_text(
                        text, now, at, reply_markup=content.keyboard, link_preview_options=NO_PREVIEW
                    ),
                )
            else:
                await self.calls.paced(
                    target.chat,
                    lambda now: self.bot.edit_message_caption(now, at, caption=text, reply_markup=content.keyboard),
                )
        except BadRequest as exc:
            if is_gone(exc):
                return None
            if not is_unchanged(exc):
                raise
        return before
