"""Writes to the transcript and publishes to the open pages, one change at a time so that both keep the same order."""

import asyncio
import hashlib
import time
from dataclasses import dataclass, replace

from bot.core.chat.messages import MessageRef, Outgoing, Place
from bot.core.front_state.transcript import Entry
from bot.fronts.web.access.people import BOT, PLATFORM, Person
from bot.fronts.web.app_port import ChatMemory
from bot.fronts.web.chat import payloads
from bot.fronts.web.chat.live_feed import Change, Feed, Gone, Posted


@dataclass(frozen=True, slots=True)
class Post:
    """A message of ours on its way: where to, its key, and who alone may read it (None: everybody in the place)."""

    place: Place
    outgoing: Outgoing
    key: str
    reader: str | None
    instead_of: MessageRef | None = None


def message_id(key: str) -> str:
    """The id of the message with that key, the same every time."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


class ChatStore:
    """The transcript of the chats, and its changes published to the open pages."""

    def __init__(self, memory: ChatMemory, feed: Feed) -> None:
        self._memory = memory
        self._feed = feed
        self._writing = asyncio.Lock()

    async def post(self, post: Post) -> MessageRef:
        """Add the message, once per key, or put it in the place of another."""
        chat = post.place.chat
        async with self._writing:
            if post.instead_of and await self._replaced(post, post.instead_of):
                return post.instead_of
            id_ = message_id(post.key)
            if await self._memory.get(chat, id_) is None:
                body = payloads.of_bot(post.outgoing)
                await self._add(Entry(chat, id_, BOT, "", body, post.reader, _now()))
        return MessageRef(PLATFORM, chat, id_)

    async def _replaced(self, post: Post, ref: MessageRef) -> bool:
        """Put the new message in the place of the old one; False when a new one must be posted.

        A message for one reader stays theirs. One that everybody could read is removed when the new one is private.
        """
        old = await self._memory.get(ref.chat, ref.id)
        if old is None:
            return False
        if post.reader is not None and old.private_to is None:
            await self._remove(ref.chat, ref.id)
            return False
        await self._change(old, payloads.renewed(old.body, post.outgoing))
        return True

    async def add_words(self, person: Person, id_: str, body: payloads.Body, *, ephemeral: bool) -> None:
        """Add a person's own words; sent twice, they stand there once."""
        chat = person.place.chat
        reader = person.who.id if ephemeral and not person.reads_alone else None
        async with self._writing:
            if await self._memory.get(chat, id_) is None:
                await self._add(Entry(chat, id_, person.who.id, person.who.name, body, reader, _now()))

    async def react(self, person: Person, ref: MessageRef, emoji: str, *, added: bool) -> None:
        """Note that a person put an emoji on a message, or took it off."""
        async with self._writing:
            entry = await self._memory.get(ref.chat, ref.id)
            if entry is not None and may_read(entry, person):
                await self._change(entry, payloads.reacted(entry.body, person.who.id, emoji, added))

    async def remove(self, ref: MessageRef) -> None:
        """Take a message away; silent when it is gone already."""
        async with self._writing:
            await self._remove(ref.chat, ref.id)

    async def page(self, person: Person, *, before: str | None, limit: int) -> tuple[Entry, ...]:
        """The newest entries the person may read, oldest first."""
        return await self._memory.page(person.place.chat, person.who.id, before=before, limit=limit)

    async def _add(self, entry: Entry) -> None:
        await self._memory.append(entry)
        self._publish(Posted(entry))

    async def _change(self, entry: Entry, body: payloads.Body) -> None:
        if await self._memory.replace(entry.chat, entry.id, body):
            self._publish(Posted(replace(entry, body=body)))

    async def _remove(self, chat: str, id_: str) -> None:
        await self._memory.remove(chat, id_)
        self._publish(Gone(chat, id_))

    def _publish(self, change: Change) -> None:
        self._feed.publish(change)


def may_read(entry: Entry, person: Person) -> bool:
    return entry.chat == person.place.chat and entry.private_to in (None, person.who.id)


def _now() -> int:
    return int(time.time() * 1000)
