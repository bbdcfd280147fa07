"""Which language a message is in: people's own for what they alone read, the server's for what all read."""

from collections import OrderedDict

from bot.core.app import App
from bot.core.messages import Place, Who

_MOST = 10_000
"""People and servers whose client's language is remembered; only commands and presses tell it."""
_USUAL = "en"


class Languages:
    """Knows the language of everybody who was heard lately."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._heard: OrderedDict[str, str] = OrderedDict()

    def hear(self, id_: str, locale: str) -> None:
        """Remember the language of a person's client or of a server."""
        self._heard[id_] = locale
        self._heard.move_to_end(id_)
        if len(self._heard) > _MOST:
            self._heard.popitem(last=False)

    def client(self, who: Who) -> str:
        """The language of somebody's client, as far as it is known."""
        return self._heard.get(who.id, _USUAL)

    async def own(self, who: Who) -> str:
        """The language somebody reads: the one they chose, else their client's."""
        return await self._app.locale(who, self.client(who))

    async def of(self, place: Place, who: Who | None, *, private: bool) -> str:
        """The language of a message in a place."""
        if who is None or (place.audience == "group" and not private):
            return await self._app.place_language(place, self._heard.get(place.chat, _USUAL))
        return await self.own(who)
