"""The emoji that wait under a result for a tap."""

from collections.abc import Sequence

import discord
import structlog

from bot.core.chat.messages import Audience, Place

_log = structlog.get_logger(__name__)


class PresetReactions:
    """Puts our own emoji on messages, where we take part in the place."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def offer(self, place: Place, channel: int, message: int, emoji: Sequence[str]) -> bool:
        """Put them on in their order; False without the right to, when the buttons alone must do."""
        if place.audience == Audience.GROUP and self._client.get_guild(int(place.chat)) is None:
            return True  # people use the app here by themselves: we are no member, and no reaction would reach us
        partial = self._client.get_partial_messageable(channel).get_partial_message(message)
        try:
            for one in emoji:
                await partial.add_reaction(one)
        except discord.Forbidden as exc:
            _log.info("no reactions put on", channel=channel, code=exc.code)
            return False
        except discord.NotFound:
            pass  # the message is gone
        return True
