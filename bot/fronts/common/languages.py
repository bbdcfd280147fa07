"""Which language a message is in: people's own for what they alone read, the place's for what all read."""

from bot.core.chat.messages import Audience, Place, Who
from bot.fronts.common.app_port import ChatApp
from bot.fronts.common.recent import Recent

DEFAULT = "en"
_MOST = 10_000
"""People and places whose language is remembered; the core keeps what a person's client told last."""


async def language_of(app: ChatApp, place: Place, who: Who | None, client: str, *, private: bool) -> str:
    """The language of a message in a place; `client` is that of the person's client, or of the platform's place."""
    if who is None or (place.audience == Audience.GROUP and not private):
        return await app.place_language(place, client or DEFAULT)
    return await app.locale(who, client)


class Languages:
    """Remembers the language of everybody who was heard lately, where not every event tells it."""

    def __init__(self, app: ChatApp) -> None:
        self._app = app
        self._heard: Recent[str, str] = Recent(_MOST)
        self._owners: Recent[str, Who] = Recent(_MOST)

    def hear(self, id_: str, locale: str) -> None:
        """Remember the language of a person's client or of a place."""
        self._heard.put(id_, locale)

    def at_home(self, place: Place, who: Who) -> None:
        """Remember whose a private chat is: what is sent there without a name is for them."""
        if place.audience == Audience.PRIVATE:
            self._owners.put(place.chat, who)

    def client(self, who: Who) -> str:
        """The language of somebody's client, "" as long as this process has not heard it; then the core remembers."""
        return self._heard.get(who.id) or ""

    async def own(self, who: Who) -> str:
        """The language somebody reads: the one they chose, else their client's."""
        return await self._app.locale(who, self.client(who))

    async def of(self, place: Place, who: Who | None, *, private: bool) -> str:
        """The language of a message in a place."""
        if who is None and place.audience == Audience.PRIVATE:
            who = self._owners.get(place.chat)
        all_read = who is None or (place.audience == Audience.GROUP and not private)
        client = (self._heard.get(place.chat) or "") if all_read or who is None else self.client(who)
        return await language_of(self._app, place, who, client, private=private)
