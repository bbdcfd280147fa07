"""What the Telegram front needs of the core: the app that answers and a memory that survives a restart."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal, Protocol, TypeAlias

from bot.core.chat.messages import Incoming, Place, Speak, Text, Who
from bot.core.front_state.transcript import Entry
from bot.core.incoming.app import PictureFile

PLATFORM = "telegram"
Size: TypeAlias = Literal["thumb", "preview", "full", "original"]


class ChatApp(Protocol):
    """The core as this front end sees it."""

    async def handle(self, incoming: Incoming, speak: Speak) -> None:
        """Answer an event through `speak`; never raises."""
        ...

    async def picture(self, id: str, viewer: Who, size: Size) -> PictureFile:
        """The bytes of a picture or file `viewer` may see; raises NoSuchPicture."""
        ...

    def words(self, text: Text, locale: str) -> str:
        """The Text as plain words in the language of `locale`."""
        ...

    async def locale(self, who: Who, client: str) -> str:
        """The language `who` reads: the one they chose, else their client's."""
        ...

    async def place_language(self, place: Place, client: str) -> str:
        """The language of what a whole place reads: the one set for it, else that of whoever it is said to."""
        ...

    def listen(self, name: str, listener: Callable[[Mapping[str, str], bytes], Awaitable[bool]]) -> None:
        """Let posts to /hooks/<name> of the web port be heard, as headers and body."""
        ...

    async def dialogue(self, who: Who, place: Place) -> Mapping[str, Any] | None:
        """What was kept of a dialogue with somebody in a place."""
        ...

    async def keep_dialogue(self, who: Who, place: Place, data: Mapping[str, Any] | None) -> None:
        """Keep plain JSON data of a dialogue; None ends it."""
        ...


class ChatMemory(Protocol):
    """Entries by chat and id."""

    async def append(self, entry: Entry) -> None: ...

    async def replace(self, chat: str, id: str, body: Mapping[str, Any]) -> bool: ...

    async def remove(self, chat: str, id: str) -> None: ...

    async def get(self, chat: str, id: str) -> Entry | None: ...

    async def page(
        self, chat: str, reader: str, *, before: str | None = None, limit: int = 50
    ) -> tuple[Entry, ...]: ...
