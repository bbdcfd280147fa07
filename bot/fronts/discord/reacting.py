"""The emoji that wait under a result for a tap."""

from collections.abc import Sequence

import discord
import structlog

from bot.core.messages import Place

_log = structlog.get_logger(__name__)


class Reacting:
    """Puts our own emoji on messages, where we take part in the place."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def offer(self, place: Place, channel: int, message: int, emoji: Sequence[str]) -> None:
        """Put them on in their order; without the right to, the buttons alone must do."""
        if place.thread and self._client.get_guild(int(place.chat)) is None:
            return  # people use the app here by themselves: we are no member, and no reaction would reach us
        partial = self._client.get_partial_messageable(channel).get_partial_message(message)
        try:
            for one in emoji:
                await partial.add_reaction(one)
        except (discord.Forbidden, discord.NotFound) as exc:
            _log.info("no reactions put on", channel=channel, code=exc.code)
