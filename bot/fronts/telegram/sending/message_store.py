"""What Telegram cannot be asked again: how our messages stand in a chat, and which messages belong to which."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal
from weakref import WeakValueDictionary

from bot.core.chat.messages import MessageRef, Place
from bot.core.front_state.transcript import Entry
from bot.fronts.telegram.app_port import ChatMemory

BOT = "telegram"
"""The chat under which we keep what belongs to no chat; the author of what belongs to nobody."""


@dataclass(frozen=True, slots=True)
class MessageLayout:
    """How a message of ours stands: the message `at` carries its words and buttons, alone or under an album.

    `shows` says that its pictures are a result, which goes when words take its place. `place` is where the message
    belongs when it stands in somebody's private chat instead.
    """

    at: str
    kind: Literal["text", "media"] = "text"
    shows: bool = False
    pictures: tuple[str, ...] = ()
    album: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    """What the pictures of the album are called, which differs from their order on later pages."""
    place: Place | None = None
    leaving: Mapping[str, bool] = field(default_factory=dict)
    """Messages that are still to be taken away, and whether each is a picture."""

    @property
    def plain(self) -> bool:
        """Whether forgetting it loses nothing."""
        return self.kind == "text" and not self.album and self.place is None and not self.leaving

    @property
    def shown(self) -> dict[str, bool]:
        """The messages that are pictures, by id."""
        alone = (self.at,) if self.kind == "media" else ()
        return dict.fromkeys((*self.album, *alone), True)

    @property
    def messages(self) -> dict[str, bool]:
        """All the messages it consists of by id, and whether each is a picture."""
        return {self.at: False} | self.shown


@dataclass(frozen=True, slots=True)
class Part:
    """A message that is part of another, such as a picture of an album; `number` is the picture's."""

    of: str
    number: int | None = None


class Memory:
    """Facts about messages by chat and message id, and a few others, in the transcript."""

    def __init__(self, memory: ChatMemory) -> None:
        self._memory = memory
        self._settling: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._noting: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    def settling(self, chat: str) -> asyncio.Lock:
        """Held while messages that belong together are sent to a chat, until it is noted that they do."""
        return self._settling.setdefault(chat, asyncio.Lock())

    async def standing(self, ref: MessageRef) -> MessageLayout:
        """How a message stands; one that was never noted is words alone."""
        body = await self.fact(ref.chat, ref.id)
        if body is None or body.get("type") != "standing":
            return MessageLayout(ref.id)
        place = Place(**body["place"]) if body["place"] else None
        album = tuple(body["album"])
        numbers = tuple(body.get("numbers") or range(1, len(album) + 1))
        return MessageLayout(
            body["at"], body["kind"], body["shows"], tuple(body["pictures"]), album, numbers, place,
            body.get("leaving", {}),
        )  # fmt: skip

    async def stand(self, ref: MessageRef, standing: MessageLayout, owner: str) -> None:
        """Note how a message stands now, and what belongs to it; `owner` may have it deleted."""
        if standing.plain and standing.at == ref.id and await self.fact(ref.chat, ref.id) is None:
            return
        await self.note(ref.chat, ref.id, {"type": "standing", **asdict(standing)}, owner)
        parts = dict(zip(standing.album, standing.numbers, strict=True))
        for id_, number in {**parts, **({} if standing.at == ref.id else {standing.at: None})}.items():
            await self.note(ref.chat, id_, {"type": "part", **asdict(Part(ref.id, number))}, owner)

    async def whole(self, ref: MessageRef) -> tuple[MessageRef, int | None]:
        """The message that one is part of (itself, when it is whole), and the number of the picture it shows there."""
        async with self.settling(ref.chat):
            body = await self.fact(ref.chat, ref.id)
        if body is None or body.get("type") != "part":
            return ref, None
        return replace(ref, id=body["of"]), body["number"]

    async def keyed(self, chat: str, key: str, ref: MessageRef | None) -> MessageRef | None:
        """The message that what is said under a key belongs into: `ref`, else the one it was said in first."""
        known = await self.fact(chat, f"key:{key}")
        if ref is None:
            return MessageRef(**known["ref"]) if known else None
        if known is None:
            await self.note(chat, f"key:{key}", {"type": "key", "ref": asdict(ref)})
        return ref

    async def fact(self, chat: str, id_: str) -> Mapping[str, Any] | None:
        entry = await self._memory.get(chat, id_)
        return entry.body if entry else None

    async def note(self, chat: str, id_: str, body: Mapping[str, Any], owner: str = BOT) -> None:
        """Keep a fact in place of what was kept before."""
        async with self._noting.setdefault((chat, id_), asyncio.Lock()):
            if not await self._memory.replace(chat, id_, body):
                await self._memory.append(Entry(chat, id_, owner, "", body, None, int(time.time() * 1000)))

    async def sending(self, chat: str, at: str) -> bool:
        """Note that something new goes in the place of a message; True when a crash cut that off before."""
        if await self.fact(chat, f"sending:{at}"):
            return True
        await self.note(chat, f"sending:{at}", {"type": "sending"})
        return False

    async def sent(self, chat: str, at: str) -> None:
        """Note that it stands there."""
        await self.forget(chat, f"sending:{at}")

    async def forget(self, chat: str, id_: str) -> None:
        await self._memory.remove(chat, id_)

    async def facts(self, chat: str) -> list[Mapping[str, Any]]:
        """The newest facts kept under a chat."""
        return [entry.body for entry in await self._memory.page(chat, BOT, limit=200)]
