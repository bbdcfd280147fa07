"""Putting a message into a chat, or in the place of another, and noting how it stands there."""

from dataclasses import replace

from telegram import Bot
from telegram.error import BadRequest

from bot.core.chat.messages import MessageRef, Show
from bot.fronts.telegram.app_port import PLATFORM, ChatApp
from bot.fronts.telegram.connection.api_calls import Calls, is_gone, is_unchanged
from bot.fronts.telegram.sending.message_removal import Leaving
from bot.fronts.telegram.sending.message_store import Memory, MessageLayout
from bot.fronts.telegram.sending.outgoing import Post, Target
from bot.fronts.telegram.sending.renderer import Viewer, pictures_of
from bot.fronts.telegram.sending.senders import NO_PREVIEW, Content, Sending
from bot.fronts.telegram.sending.text_limits import CAPTION, MESSAGE, cut


class Placing:
    """Knows how to make a chat look as a post wants it."""

    def __init__(self, bot: Bot, app: ChatApp, calls: Calls, memory: Memory) -> None:
        self._bot = bot
        self._app = app
        self._calls = calls
        self._leaving = Leaving(bot, calls)
        self.sending = Sending(bot, app, calls)
        self.memory = memory

    async def put(self, post: Post, spot: Target, old: MessageRef | None) -> MessageRef:
        """Show a post at a spot, in place of `old` where that stands there; raises TelegramError."""
        viewer = Viewer(self._app, post.locale)
        shown = pictures_of(post.outgoing)
        content = Content(
            viewer.text(post.outgoing), viewer.keyboard(post.outgoing), shown, tuple(map(viewer.label, shown))
        )
        if len(shown) < 2 and not post.ephemeral:
            return await self._put(post, spot, content, old)
        async with self.memory.settling(str(spot.chat)):
            return await self._put(post, spot, content, old)

    async def remove(self, ref: MessageRef) -> None:
        """Take a message away with all that belongs to it."""
        await self._leaving.remove(int(ref.chat), (await self.memory.standing(ref)).messages)
        await self.memory.forget(ref.chat, ref.id)

    async def _put(self, post: Post, spot: Target, content: Content, old: MessageRef | None) -> MessageRef:
        before = await self.memory.standing(old) if old else None
        if before:
            content.leaving.update(before.leaving)  # of a crash after the note below
        after = await self._placed(post, spot, content, before)
        elsewhere = post.place if post.ephemeral else None
        after = replace(after, shows=isinstance(post.outgoing, Show), place=elsewhere, leaving=content.leaving)
        ref = old or MessageRef(PLATFORM, str(spot.chat), after.at)
        await self.memory.stand(ref, after, post.reader.id)
        if before and before.at != after.at:
            await self.memory.sent(str(spot.chat), before.at)
        if content.leaving:
            await self._leaving.remove(spot.chat, content.leaving)
            await self.memory.stand(ref, replace(after, leaving={}), post.reader.id)
        return ref

    async def _placed(self, post: Post, spot: Target, content: Content, before: MessageLayout | None) -> MessageLayout:
        if before and content.ids == before.pictures and content.ids:
            return await self._words(spot, content, before) or await self._fresh(post, spot, content, before)
        if not content.pictures:
            return await self._without_pictures(spot, content, before)
        if len(content.pictures) == 1 and before:
            return await self._one_instead(post, spot, content, before)
        return await self._fresh(post, spot, content, before)

    async def _without_pictures(self, spot: Target, content: Content, before: MessageLayout | None) -> MessageLayout:
        """Words alone. A result goes when words replace it; a picture that was asked about stays above the answer."""
        if before is None:
            return await self.sending.send(spot, content)
        if before.shows and before.kind == "media":
            content.leaving.update(before.messages)
            return await self.sending.send(spot, content)
        if before.shows and before.album:
            content.leaving.update(before.shown)
            before = replace(before, album=(), numbers=(), pictures=())
        return await self._words(spot, content, before) or await self.sending.send(spot, content)

    async def _fresh(self, post: Post, spot: Target, content: Content, before: MessageLayout | None) -> MessageLayout:
        """Everything sent anew, and what stood there before taken away after that."""
        files = await self.sending.files(content, post.reader)
        # What a crash cut off comes again, since Telegram tells nobody what it has; it rings no second time.
        again = before is not None and await self.memory.sending(str(spot.chat), before.at)
        after = await self.sending.send(replace(spot, quiet=again), content, files)
        if before:
            content.leaving.update(before.messages)
        return replace(after, pictures=content.ids)

    async def _one_instead(self, post: Post, spot: Target, content: Content, before: MessageLayout) -> MessageLayout:
        """One picture in the place of words or of another picture."""
        files = await self.sending.files(content, post.reader)
        if not files:
            return await self._without_pictures(spot, content, before)
        media = files[0].file.media(cut(content.text, CAPTION))
        at = int(before.at)
        try:
            await self._calls.paced(
                spot.chat, lambda now: self._bot.edit_message_media(media, now, at, reply_markup=content.keyboard)
            )
        except BadRequest as exc:
            if not is_unchanged(exc):
                return await self._fresh(post, spot, content, before)
        content.leaving.update(before.shown)
        content.leaving.pop(before.at, None)
        return MessageLayout(before.at, "media", pictures=content.ids)

    async def _words(self, spot: Target, content: Content, before: MessageLayout) -> MessageLayout | None:
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
