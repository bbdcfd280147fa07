"""The core as fronts see it: the app that answers, and the memory that survives a restart."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol, TypeAlias

from bot.core.chat.messages import Incoming, MessageRef, Place, Speak, Text, Who
from bot.core.front_state.front_facts import FactKey, FrontFacts, FrontState
from bot.core.front_state.transcript import Entry
from bot.core.incoming.app import Asking, NoSuchPicture, PictureFile, Suggestion
from bot.core.media.pictures import Size
from bot.core.runtime.readiness import Trouble

__all__ = [
    "Asking", "ChatApp", "ChatMemory", "Entry", "FactKey", "FrontFacts", "FrontState", "Listener", "NoSuchPicture",
    "PictureFile", "Size", "Suggestion", "Trouble",
]  # fmt: skip

Listener: TypeAlias = Callable[[Mapping[str, str], bytes], Awaitable[bool]]
"""Takes the headers and the body of a web request; False when it is forged."""


class ChatApp(Protocol):
    """What a front calls; `App` of bot.core fulfils it."""

    async def handle(self, incoming: Incoming, speak: Speak) -> None:
        """Answer an event through `speak`; never raises."""
        ...

    async def picture(self, id: str, viewer: Who, size: Size, number: int | None = None) -> PictureFile:
        """The bytes of a picture or file `viewer` may see, a "preview" with `number` drawn on; raises NoSuchPicture."""
        ...

    def words(self, text: Text, locale: str) -> str:
        """The Text as plain words in the language of `locale`."""
        ...

    async def suggest(self, asking: Asking) -> tuple[Suggestion, ...]:
        """What an option may be filled with, best first."""
        ...

    async def locale(self, who: Who, client: str) -> str:
        """The language `who` reads: the one they chose, else their client's ("" where it is not known)."""
        ...

    async def place_language(self, place: Place, client: str) -> str:
        """The language of what a whole place reads: the one set for it, else `client`."""
        ...

    async def dialogue(self, who: Who, place: Place) -> Mapping[str, Any] | None:
        """What was kept of a dialogue with somebody in a place."""
        ...

    async def keep_dialogue(self, who: Who, place: Place, data: Mapping[str, Any] | None) -> None:
        """Keep plain JSON data of a dialogue over a restart; None ends it."""
        ...

    async def open_messages(self, platform: str) -> tuple[MessageRef, ...]:
        """The results on a platform that people may still be judging, newest first."""
        ...

    def listen(self, name: str, listener: Listener) -> None:
        """Hand posts to /hooks/<name> of the web port to `listener`."""
        ...

    async def hooked(self, name: str, headers: Mapping[str, str], body: bytes) -> bool | None:
        """Whether a post for a listener is genuine; None when nobody listens under that name."""
        ...

    async def trouble(self) -> Trouble | None:
        """What keeps events from being answered; None if nothing does."""
        ...

    def excuse(self, exc: Exception) -> Text | None:
        """What people are told of an error below the core; None of any other."""
        ...


class ChatMemory(Protocol):
    """Entries by chat and id, which survive a restart."""

    async def append(self, entry: Entry) -> None: ...

    async def replace(self, chat: str, id: str, body: Mapping[str, Any]) -> bool: ...

    async def remove(self, chat: str, id: str) -> None: ...

    async def get(self, chat: str, id: str) -> Entry | None: ...

    async def page(
        self, chat: str, reader: str, *, before: str | None = None, limit: int = 50
    ) -> tuple[Entry, ...]: ...
