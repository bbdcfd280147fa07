"""The interfaces of the core that the web chat uses: the app that answers and the stored transcript."""

from collections.abc import Mapping
from typing import Any, Literal, Protocol, TypeAlias

from bot.core.account.web_accounts import WebAccounts
from bot.core.chat.messages import Incoming, Speak, Text, Who
from bot.core.front_state.transcript import Entry
from bot.core.incoming.app import Asking, PictureFile, Suggestion
from bot.core.runtime.readiness import Trouble

Size: TypeAlias = Literal["thumb", "preview", "full", "original"]


class ChatApp(Protocol):
    """The core as this front end sees it."""

    @property
    def accounts(self) -> WebAccounts:
        """Who may sign in, and the sessions."""
        ...

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
        """The language `who` reads: the one they chose, else their browser's."""
        ...

    async def suggest(self, asking: Asking) -> tuple[Suggestion, ...]:
        """What an option may be filled with, best first."""
        ...

    def listens(self, name: str) -> bool:
        """Whether anybody hears webhooks under that name."""
        ...

    async def hooked(self, name: str, headers: Mapping[str, str], body: bytes) -> bool | None:
        """Whether news for a listener is genuine; None when nobody listens under that name."""
        ...

    async def trouble(self) -> Trouble | None:
        """What keeps events from being answered; None if nothing does."""
        ...

    def excuse(self, exc: Exception) -> Text | None:
        """What people are told of an error below the core; None of any other."""
        ...


class ChatMemory(Protocol):
    """What was said in each chat, newest last."""

    async def append(self, entry: Entry) -> None: ...

    async def replace(self, chat: str, id: str, body: Mapping[str, Any]) -> bool: ...

    async def remove(self, chat: str, id: str) -> None: ...

    async def get(self, chat: str, id: str) -> Entry | None: ...

    async def page(
        self, chat: str, reader: str, *, before: str | None = None, limit: int = 50
    ) -> tuple[Entry, ...]: ...
