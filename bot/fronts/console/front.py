"""The console as a front end: it keeps what was said, shows it, and saves pictures to a folder."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

from bot.core.chat.messages import (
    Incoming,
    MessageRef,
    Outgoing,
    Photo,
    Place,
    Press,
    Progress,
    Reaction,
    Reply,
    Submit,
    Upload,
    Who,
)
from bot.fronts.common.app_port import ChatApp
from bot.fronts.common.event_origin import EventOrigin
from bot.fronts.console.saving import Folder, Saved

WHO = Who("local", "operator", "You")
PLACE = Place("console", "home")


@dataclass(frozen=True, slots=True)
class FilePhoto:
    """A file on this machine as a photo."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    async def read(self) -> bytes:
        return await asyncio.to_thread(self.path.read_bytes)


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands now; the same `id` again replaces it."""

    id: str
    outgoing: Outgoing
    saved: Saved = field(default_factory=Saved)


Display: TypeAlias = Callable[[Message], None]


class Console:
    """One terminal; `show` is called with every message as it is said or replaced.

    `out` is the folder to which finished pictures are saved. `earlier` says whether results of what an earlier
    session asked for are shown, too.
    """

    platform = "console"

    def __init__(
        self, app: ChatApp, locale: str, show: Display, *, out: Path | None = None, earlier: bool = True
    ) -> None:
        self.app = app
        self.locale = locale
        self.said: dict[str, Outgoing] = {}
        self._client = locale
        self._show = show
        self._folder = Folder(app, WHO, out) if out else None
        self._earlier = earlier
        self._changed = asyncio.Event()

    async def readable(self, who: str, chat: str, threads: frozenset[str]) -> frozenset[str]:
        """Nobody shares a terminal."""
        return frozenset()

    async def say(self, text: str, photos: tuple[Photo, ...] = ()) -> None:
        """Say words and photos as the operator."""
        await self._handle(Upload(**self._event, text=text, photos=photos))

    async def reply(self, id_: str, text: str, photos: tuple[Photo, ...] = ()) -> None:
        """Say words in answer to the message `id_`."""
        await self._handle(Reply(**self._event, to=self._ref(id_), text=text, photos=photos))

    async def press(self, id_: str, action: str) -> None:
        """Press a button under the message `id_`."""
        await self._handle(Press(**self._event, action=action, message=self._ref(id_)))

    async def react(self, id_: str, emoji: str, *, added: bool = True) -> None:
        """Put an emoji on the message `id_`, or take it off."""
        await self._handle(Reaction(**self._event, message=self._ref(id_), emoji=emoji, added=added))

    async def submit(self, form: str, fields: Mapping[str, str], photos: tuple[Photo, ...] = ()) -> None:
        """Send a filled form."""
        await self._handle(Submit(**self._event, form=form, fields=fields, photos=photos))

    @property
    def working(self) -> list[Progress]:
        """What is being made now."""
        return [outgoing for outgoing in self.said.values() if isinstance(outgoing, Progress)]

    async def settled(self) -> None:
        """Wait until nothing that was asked for is still being made."""
        while self.working:
            self._changed.clear()
            await self._changed.wait()

    async def send(
        self, place: Place, outgoing: Outgoing, key: str, *, instead_of: MessageRef | None = None, to: str | None = None
    ) -> MessageRef:
        """Show a message the core has without having been asked just now: progress, and results."""
        ref = instead_of or self._ref(key)
        if self._earlier or instead_of is None or ref.id in self.said:
            await self._put(ref, outgoing)
        return ref

    async def remove(self, ref: MessageRef) -> None:
        self.said.pop(ref.id, None)
        self._changed.set()

    async def _handle(self, incoming: Incoming) -> None:
        async def speak(outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef:
            ref = instead_of or self._ref(uuid4().hex)
            await self._put(ref, outgoing)
            return ref

        await self.app.handle(incoming, speak)

    async def _put(self, ref: MessageRef, outgoing: Outgoing) -> None:
        if self.said.get(ref.id) == outgoing:
            return
        self.locale = await self.app.locale(WHO, self._client)
        saved = await self._folder.save(outgoing) if self._folder else Saved()
        self.said[ref.id] = outgoing
        self._show(Message(ref.id, outgoing, saved))
        self._changed.set()

    @property
    def _event(self) -> dict[str, Any]:
        """The fields of a new event."""
        return EventOrigin(f"console:{uuid4()}", PLACE, WHO, self._client).fields

    def _ref(self, id_: str) -> MessageRef:
        return MessageRef(self.platform, PLACE.chat, id_)
