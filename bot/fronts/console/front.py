"""The console as a front end: it keeps what was said, prints it, and saves pictures to a folder."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from bot.core.app import App
from bot.core.messages import (
    Incoming,
    MessageRef,
    Outgoing,
    Photo,
    Place,
    Press,
    Progress,
    Reaction,
    Show,
    Submit,
    Upload,
    Who,
)

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


class Console:
    """One terminal; `show` is called with every message as it is said or replaced.

    `out` is the folder to which finished pictures are saved, in full size and marked as AI-generated.
    """

    platform = "console"

    def __init__(
        self, app: App, locale: str, show: Callable[[MessageRef, Outgoing], None], out: Path | None = None
    ) -> None:
        self.app = app
        self.locale = locale
        self.said: dict[str, Outgoing] = {}
        self._show = show
        self._out = out
        self._changed = asyncio.Event()

    async def say(self, text: str, photos: tuple[Photo, ...] = ()) -> None:
        """Say words and photos as the operator."""
        await self._handle(Upload(event_id=_new(), place=PLACE, who=WHO, locale=self.locale, text=text, photos=photos))

    async def press(self, id_: str, action: str) -> None:
        """Press a button under the message `id_`."""
        await self._handle(
            Press(event_id=_new(), place=PLACE, who=WHO, locale=self.locale, action=action, message=self._ref(id_))
        )

    async def react(self, id_: str, emoji: str, *, added: bool = True) -> None:
        """Put an emoji on the message `id_`, or take it off."""
        here = self._ref(id_)
        reaction = Reaction(
            event_id=_new(), place=PLACE, who=WHO, locale=self.locale, message=here, emoji=emoji, added=added
        )
        await self._handle(reaction)

    async def submit(self, form: str, fields: dict[str, str]) -> None:
        """Send a filled form."""
        await self._handle(Submit(event_id=_new(), place=PLACE, who=WHO, locale=self.locale, form=form, fields=fields))

    async def settled(self) -> None:
        """Wait until nothing that was asked for is still being made."""
        while any(isinstance(outgoing, Progress) for outgoing in self.said.values()):
            self._changed.clear()
            await self._changed.wait()

    async def send(
        self, place: Place, outgoing: Outgoing, key: str, *, instead_of: MessageRef | None = None
    ) -> MessageRef:
        """Print a message, or print what an earlier one became."""
        ref = instead_of or self._ref(key)
        if self.said.get(ref.id) != outgoing:
            await self._save(outgoing)
            self.said[ref.id] = outgoing
            self._show(ref, outgoing)
            self._changed.set()
        return ref

    async def remove(self, ref: MessageRef) -> None:
        self.said.pop(ref.id, None)

    async def _handle(self, incoming: Incoming) -> None:
        async def speak(outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef:
            return await self.send(PLACE, outgoing, uuid4().hex, instead_of=instead_of)

        await self.app.handle(incoming, speak)

    async def _save(self, outgoing: Outgoing) -> None:
        if self._out is None or not isinstance(outgoing, Show):
            return
        made = [picture.id for picture in outgoing.pictures if picture.id.startswith("i:")]
        for id_ in [*made, *([outgoing.sheet] if outgoing.sheet else [])]:
            file = await self.app.picture(id_, WHO, "original")
            await asyncio.to_thread((self._out / file.name).write_bytes, file.data)

    def _ref(self, id_: str) -> MessageRef:
        return MessageRef(self.platform, PLACE.chat, id_)


def _new() -> str:
    return f"console:{uuid4()}"
