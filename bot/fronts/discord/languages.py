"""Which language a message is in: people's own for what they alone read, the server's for what all read."""

from collections import OrderedDict
from typing import TypeVar

from bot.core.chat.messages import Place, Who
from bot.core.incoming.app import App

_MOST = 10_000
"""People and servers whose language is remembered here; only commands and presses tell it."""
_USUAL = "en"
_Kept = TypeVar("_Kept")


class Languages:
    """Knows the language of everybody who was heard lately."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._heard: OrderedDict[str, str] = OrderedDict()
        self._owners: OrderedDict[str, Who] = OrderedDict()

    def hear(self, id_: str, locale: str) -> None:
        """Remember the language of a person's client or of a server."""
        _remember(self._heard, id_, locale)

    def at_home(self, place: Place, who: Who) -> None:
        """Remember whose a private chat is: what is sent there without a name is for them."""
        if place.audience == "private":
            _remember(self._owners, place.chat, who)

    def client(self, who: Who) -> str:
        """The language of somebody's client, "" as long as this process has not heard it; then the core remembers."""
        return self._heard.get(who.id, "")

    async def own(self, who: Who) -> str:
        """The language somebody reads: the one they chose, else their client's."""
        return await self._app.locale(who, self.client(who))

    async def of(self, place: Place, who: Who | None, *, private: bool) -> str:
        """The language of a message in a place."""
        if who is None and place.audience == "private":
            who = self._owners.get(place.chat)
        if who is None or (place.audience == "group" and not private):
            return await self._app.place_language(place, self._heard.get(place.chat, _USUAL))
        return await self.own(who)


def _remember(kept: "OrderedDict[str, _Kept]", key: str, value: "_Kept") -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > _MOST:
        kept.popitem(last=False)
