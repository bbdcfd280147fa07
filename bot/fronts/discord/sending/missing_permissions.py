"""What a server does not allow us, told by its name to whoever misses it: to each person once in a channel."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import discord

from bot.core.chat.messages import Place, Say, Who, say
from bot.fronts.common.app_port import ChatApp
from bot.fronts.common.languages import Languages
from bot.fronts.common.recent import Recent
from bot.fronts.discord.permissions import missing_in

_MOST = 10_000
REACTING = ("add_reactions", "read_message_history")
"""What it takes to put a new emoji on a message (Discord: Create Reaction)."""
Tell: TypeAlias = Callable[[Place, Say, Who], Awaitable[object]]


class MissingPermissions:
    """Names what is missing; `tell` reaches one person alone."""

    def __init__(self, client: discord.Client, app: ChatApp, languages: Languages, tell: Tell) -> None:
        self._client = client
        self._app = app
        self._languages = languages
        self._tell = tell
        self._told: Recent[tuple[str, str, str], bool] = Recent(_MOST)

    async def posting(self, place: Place, who: Who) -> None:
        """A result could not be posted where it was asked for."""
        if names := await self._news("posting", place, who):
            line = say("discord-lacking", channel=f"<#{place.thread}>", names=names)
            await self._tell(place, Say(lines=(line,), tone="error", private=True), who)

    async def reacting(self, place: Place, who: Who) -> None:
        """No emoji could be put under a result."""
        if names := await self._news("reacting", place, who, REACTING):
            line = say("discord-lacking-reactions", channel=f"<#{place.thread}>", names=names)
            await self._tell(place, Say(lines=(line,), tone="error", private=True), who)

    async def _news(self, what: str, place: Place, who: Who, of: tuple[str, ...] = ()) -> str | None:
        """The names of what is missing; None where the person knows, or where we are no member."""
        if (
            not place.thread
            or not self._client.get_guild(int(place.chat))
            or (what, place.thread, who.id) in self._told
        ):
            return None
        self._told.put((what, place.thread, who.id), True)
        locale = await self._languages.own(who)
        missing_permissions = missing_in(self._client, int(place.chat), int(place.thread), of)
        return ", ".join(self._app.words(one, locale) for one in missing_permissions) or "?"
