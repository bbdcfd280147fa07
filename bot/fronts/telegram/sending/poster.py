"""Saying something on Telegram: to the right chat, each message in its turn, and somewhere else where we may not."""

import asyncio
from dataclasses import replace
from weakref import WeakValueDictionary

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import Forbidden, NetworkError

from bot.core.chat.messages import Document, MessageRef, Outgoing, Progress, Say, Show, Text, say
from bot.core.incoming.app import NoSuchPicture
from bot.fronts.telegram.app_port import PLATFORM, ChatApp
from bot.fronts.telegram.connection.api_calls import Calls, is_too_large
from bot.fronts.telegram.connection.migrated_chats import Chats
from bot.fronts.telegram.connection.rate_limiter import Timing
from bot.fronts.telegram.links import link
from bot.fronts.telegram.sending.media import most_of_a_document
from bot.fronts.telegram.sending.message_writer import Placing
from bot.fronts.telegram.sending.outgoing import Post, Target
from bot.fronts.telegram.sending.progress_edits import Progresses
from bot.fronts.telegram.sending.renderer import Viewer
from bot.fronts.telegram.sending.senders import Content, answering
from bot.fronts.telegram.sending.text_limits import CAPTION, cut

log = structlog.get_logger(__name__)


class Poster:
    """Posts, replaces and removes messages of ours."""

    def __init__(self, bot: Bot, app: ChatApp, placing: Placing, calls: Calls, chats: Chats, tempo: Timing) -> None:
        self._bot = bot
        self._app = app
        self._placing = placing
        self._calls = calls
        self._chats = chats
        self.progresses = Progresses(bot, calls.pace, tempo, self._progressed)
        self._turns: WeakValueDictionary[MessageRef, asyncio.Lock] = WeakValueDictionary()
        self._newest: dict[MessageRef, Outgoing] = {}
        self.official = True

    async def post(self, post: Post) -> MessageRef:
        """Show a post; raises TelegramError where not even its reader can be told."""
        if post.place.audience == "group" and not post.ephemeral:
            post = replace(post, locale=await self._app.place_language(post.place, post.locale))
        spot = await self.spot(post)
        if spot is None:
            return await self._note(post)
        try:
            return await self._post(post, spot)
        except Forbidden:
            if post.ephemeral:
                return await self._note(post)
            return await self._elsewhere(post)

    async def spot(self, post: Post) -> Target | None:
        """Where a post goes; None for a private one whose reader has no private chat."""
        if not post.ephemeral:
            return Target(await self._chats.now(int(post.place.chat)), post.thread, post.answers)
        return Target(int(post.reader.id)) if post.reader.id.isdecimal() else None

    async def remove(self, ref: MessageRef) -> None:
        """Take a message away with all that belongs to it; silent when it is gone already."""
        self.progresses.end(ref)
        await self._placing.remove(ref)

    async def _post(self, post: Post, spot: Target) -> MessageRef:
        old = post.instead_of if post.instead_of and post.instead_of.chat == str(spot.chat) else None
        if isinstance(post.outgoing, Document):
            return await self._document(post, post.outgoing, spot)
        if old is None:
            ref = await self._placing.put(post, spot, None)
            if post.instead_of:
                await self.remove(post.instead_of)
        elif isinstance(post.outgoing, Progress) and self.progresses.follows(old):
            self.progresses.update(old, post)
            return old
        else:
            ref = await self._replace(post, spot, old)
        if isinstance(post.outgoing, Progress):
            self.progresses.begin(ref, post, spot)
        return ref

    async def _replace(self, post: Post, spot: Target, old: MessageRef) -> MessageRef:
        """Put a post in the place of a message, unless a newer one is waiting for that already."""
        self.progresses.end(old)
        self._newest[old] = post.outgoing
        async with self._turn(old):
            if self._newest.get(old) is not post.outgoing:
                return old
            try:
                return await self._placing.put(post, spot, old)
            finally:
                if self._newest.get(old) is post.outgoing:
                    del self._newest[old]

    async def _progressed(self, post: Post, spot: Target, ref: MessageRef) -> None:
        async with self._turn(ref):
            if self.progresses.follows(ref):
                await self._placing.put(post, spot, ref)

    def _turn(self, ref: MessageRef) -> asyncio.Lock:
        return self._turns.setdefault(ref, asyncio.Lock())

    async def _document(self, post: Post, document: Document, spot: Target) -> MessageRef:
        viewer = Viewer(self._app, post.locale)
        try:
            found = await self._app.picture(document.file, post.reader, "original")
        except NoSuchPicture:
            return await self._post(replace(post, outgoing=_sorry(say("image-gone"))), spot)
        most = most_of_a_document(official=self.official)
        if len(found.data) > most:
            return await self._post(replace(post, outgoing=_sorry(_too_large(len(found.data), most))), spot)
        try:
            message = await self._calls.paced(
                spot.chat,
                lambda now: self._bot.send_document(
                    now,
                    InputFile(found.data, filename=document.name, attach=False),
                    caption=cut(viewer.text(document), CAPTION),
                    disable_content_type_detection=True,
                    message_thread_id=spot.thread,
                    reply_parameters=answering(spot),
                ),
            )
        except NetworkError as exc:  # a self-hosted server that is not in local mode has Telegram's own limit
            if not is_too_large(exc):
                raise
            most = most_of_a_document(official=True)
            return await self._post(replace(post, outgoing=_sorry(_too_large(len(found.data), most))), spot)
        return MessageRef(PLATFORM, str(spot.chat), str(message.message_id))

    async def _note(self, post: Post) -> MessageRef:
        """Tell somebody in the group that something waits where we may not write to them yet."""
        viewer = Viewer(self._app, post.locale)
        chat = await self._chats.now(int(post.place.chat))
        text = viewer.words(_note_of(post))
        url = link(self._bot.username, post.link)
        label = viewer.words(say("telegram-open-private"))
        content = Content(text, InlineKeyboardMarkup([[InlineKeyboardButton(label, url=url)]]))
        if post.instead_of and post.instead_of.chat == str(chat):
            await self.remove(post.instead_of)
        standing = await self._placing.sending.send(Target(chat, post.thread, post.answers), content)
        return MessageRef(PLATFORM, str(chat), standing.at)

    async def _elsewhere(self, post: Post) -> MessageRef:
        """A group we were put out of: the result goes to the person who asked for it, or waits in the gallery."""
        log.warning("may not write there", chat=post.place.chat)
        if not isinstance(post.outgoing, Show | Progress):
            raise Forbidden("not allowed to write to this chat")
        nowhere = post.instead_of or MessageRef(PLATFORM, post.place.chat, "0")
        if post.place.audience == "private" or not post.reader.id.isdecimal() or isinstance(post.outgoing, Progress):
            return nowhere
        try:
            return await self._placing.put(replace(post, instead_of=None), Target(int(post.reader.id)), None)
        except Forbidden:
            return nowhere


def _note_of(post: Post) -> Text:
    if isinstance(post.outgoing, Show):
        return say("telegram-note-result", name=post.reader.name)
    if not post.reader.id.isdecimal():
        return say("telegram-note-anonymous")
    return say("telegram-note-answer", name=post.reader.name)


def _too_large(size: int, most: int) -> Text:
    return say("telegram-too-large", megabytes=size // 1_000_000, most=most // 1_000_000)


def _sorry(text: Text) -> Say:
    return Say(lines=(text,), tone="error", private=True)
