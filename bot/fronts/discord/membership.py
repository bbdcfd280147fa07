"""Which channels of a server a person can read now, asked of Discord; members are not cached by the library."""

import asyncio
from typing import TypeAlias

import discord
import structlog

from bot.core.chat.messages import Audience, Place, Who

FRESH = 10.0
"""Seconds for which an answer of Discord about one member serves further questions, such as a page of pictures."""
MET = 900.0
"""Seconds for which somebody who acted in a group chat counts as being there: the bot cannot ask, it is not in it. As
long as the token of an interaction lives (Discord: Receiving and Responding to Interactions)."""

Channel: TypeAlias = discord.abc.GuildChannel | discord.Thread
_log = structlog.get_logger(__name__)


class Membership:
    """Answers what a person can read in a server."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._members: dict[tuple[int, int], tuple[float, discord.Member | None]] = {}
        self._met: dict[tuple[str, str], float] = {}

    def met(self, place: Place, who: Who) -> None:
        """Note that a person acts in a group chat without a server."""
        if place.audience == Audience.GROUP and place.thread is None:
            self._met = {key: at for key, at in self._met.items() if at > _now() - MET}
            self._met[place.chat, who.id] = _now()

    async def readable(self, who: str, chat: str, threads: frozenset[str]) -> frozenset[str]:
        """Those channels and threads of a server that a member can read now; empty when Discord does not answer."""
        if self._met.get((chat, who), 0.0) > _now() - MET:
            return threads
        guild = self._client.get_guild(int(chat))
        try:
            member = await self._member(guild, int(who)) if guild else None
            if guild is None or member is None:
                return frozenset()
            return frozenset([one for one in threads if await self._reads(guild, member, one)])
        except (discord.HTTPException, OSError) as exc:
            _log.warning("discord_membership_unknown", server=chat, reason=type(exc).__name__)
            return frozenset()

    async def _member(self, guild: discord.Guild, user: int) -> discord.Member | None:
        key, now = (guild.id, user), _now()
        self._members = {known: one for known, one in self._members.items() if one[0] > now - FRESH}
        if key not in self._members:
            try:
                found: discord.Member | None = await guild.fetch_member(user)
            except discord.NotFound:
                found = None
            self._members[key] = (now, found)
        return self._members[key][1]

    async def _reads(self, guild: discord.Guild, member: discord.Member, thread: str) -> bool:
        channel = await _channel(guild, int(thread)) if thread else None
        if channel is None or not channel.permissions_for(member).read_messages:
            return False
        is_private = isinstance(channel, discord.Thread) and channel.is_private()
        if not isinstance(channel, discord.Thread) or not is_private or channel.permissions_for(member).manage_threads:
            return True
        try:
            await channel.fetch_member(member.id)
        except discord.NotFound:
            return False
        return True


async def _channel(guild: discord.Guild, id_: int) -> Channel | None:
    """A channel of a server; archived threads are not in the library's cache."""
    if found := guild.get_channel_or_thread(id_):
        return found
    try:
        fetched = await guild.fetch_channel(id_)
    except (discord.NotFound, discord.Forbidden, discord.InvalidData):
        return None
    return fetched


def _now() -> float:
    return asyncio.get_running_loop().time()
