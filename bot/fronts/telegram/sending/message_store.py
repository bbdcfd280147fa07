"""What Telegram cannot be asked again: the layout of our messages in a chat, and which messages belong to which."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Literal
from weakref import WeakValueDictionary

from bot.core.chat.messages import MessageRef, Place
from bot.fronts.common.app_port import FrontFacts
from bot.fronts.common.message_store import MessageStore
from bot.fronts.telegram import PLATFORM

BOT = PLATFORM
"""The chat under which facts are kept that belong to no chat."""
_LAYOUT, _PART = "standing", "part"
"""Kinds of facts, as earlier versions wrote them."""


@dataclass(frozen=True, slots=True)
class MessageLayout:
    """A message of the core's as Telegram has it: `at` carries its words and buttons, alone or under an album."""

    at: str
    kind: Literal["text", "media"] = "text"
    shows: bool = False
    """Whether its pictures are a result, which goes when words take its place."""
    pictures: tuple[str, ...] = ()
    album: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    """The numbers of the album's pictures, which differ from their order on later pages."""
    place: Place | None = None
    """Where the message belongs when it stands in somebody's private chat instead."""
    leaving: Mapping[str, bool] = field(default_factory=dict)
    """Messages that are still to be deleted, and whether each is a picture."""

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
        """All its messages by id, and whether each is a picture."""
        return {self.at: False} | self.shown


class LayoutStore(MessageStore):
    """The layouts of our messages beside the other facts of this front."""

    def __init__(self, facts: FrontFacts) -> None:
        super().__init__(facts, PLATFORM)
        self._settling: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def settling(self, chat: str) -> asyncio.Lock:
        """Held while messages that belong together are sent to a chat, until it is noted that they do."""
        return self._settling.setdefault(chat, asyncio.Lock())

    async def layout(self, ref: MessageRef) -> MessageLayout:
        """The layout of a message; one that was never noted is text alone."""
        body = await self.fact(ref.chat, ref.id)
        if body is None or body.get("type") != _LAYOUT:
            return MessageLayout(ref.id)
        place = Place(**body["place"]) if body["place"] else None
        album = tuple(body["album"])
        numbers = tuple(body.get("numbers") or range(1, len(album) + 1))
        return MessageLayout(
            body["at"], body["kind"], body["shows"], tuple(body["pictures"]), album, numbers, place,
            body.get("leaving", {}),
        )  # fmt: skip

    async def keep_layout(self, ref: MessageRef, layout: MessageLayout, owner: str) -> None:
        """Note the layout of a message and the messages that belong to it; `owner` may have it deleted."""
        if layout.plain and layout.at == ref.id and await self.fact(ref.chat, ref.id) is None:
            return
        await self.note(ref.chat, ref.id, {"type": _LAYOUT, **asdict(layout)}, owner)
        parts: dict[str, int | None] = dict(zip(layout.album, layout.numbers, strict=True))
        for id_, number in {**parts, **({} if layout.at == ref.id else {layout.at: None})}.items():
            await self.note(ref.chat, id_, {"type": _PART, "of": ref.id, "number": number}, owner)

    async def whole(self, ref: MessageRef) -> tuple[MessageRef, int | None]:
        """The message that one is part of (itself, when it is whole), and the number of the picture it shows there."""
        async with self.settling(ref.chat):
            body = await self.fact(ref.chat, ref.id)
        if body is None or body.get("type") != _PART:
            return ref, None
        return replace(ref, id=body["of"]), body["number"]

    async def sending(self, chat: str, at: str) -> bool:
        """Note that a new message will replace one; True when a crash cut that off before."""
        if await self.fact(chat, f"sending:{at}"):
            return True
        await self.note(chat, f"sending:{at}", {"type": "sending"})
        return False

    async def sent(self, chat: str, at: str) -> None:
        """Note that it stands there."""
        await self.forget(chat, f"sending:{at}")
