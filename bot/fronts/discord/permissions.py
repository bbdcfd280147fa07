"""What the bot must be allowed to do in a server, the link that asks for it, and what is missing in a channel."""

from collections.abc import Collection, Mapping

import discord

from bot.core.chat.messages import Text, say

NEEDED: Mapping[str, Text] = {
    "view_channel": say("discord-may-view"),
    "send_messages": say("discord-may-send"),
    "send_messages_in_threads": say("discord-may-send-threads"),
    "attach_files": say("discord-may-attach"),
    "add_reactions": say("discord-may-react"),
    "read_message_history": say("discord-may-history"),
}
"""The permissions the bot asks for, by discord.py's names, and how Discord's own settings call them."""
_THREADS_ONLY = "send_messages_in_threads"
_CHANNELS_ONLY = "send_messages"


_CLOSED = (50_083, 160_005)
"""Thread is archived, thread is locked: told with status 400 (Discord: Opcodes and Status Codes)."""


def is_not_allowed(exc: discord.HTTPException) -> bool:
    """Whether Discord lets us post nothing in a place: no right to, no such place, or one that was closed."""
    return isinstance(exc, discord.Forbidden | discord.NotFound) or exc.code in _CLOSED


def invitation(application_id: int) -> str:
    """The link that takes the bot into a server with exactly what it needs."""
    wanted = discord.Permissions(**dict.fromkeys(NEEDED, True))
    return discord.utils.oauth_url(application_id, permissions=wanted, scopes=("bot", "applications.commands"))


def missing(granted: discord.Permissions, *, thread: bool) -> dict[str, Text]:
    """What is not granted of what is needed in a channel or a thread."""
    needless = _CHANNELS_ONLY if thread else _THREADS_ONLY
    return {name: text for name, text in NEEDED.items() if name != needless and not getattr(granted, name)}


def missing_in(client: discord.Client, guild_id: int, channel_id: int, of: Collection[str] = ()) -> tuple[Text, ...]:
    """What is missing in a channel of a server, of these permissions or of all, as far as the server is known here."""
    guild = client.get_guild(guild_id)
    channel = guild.get_channel_or_thread(channel_id) if guild else None
    if guild is None or channel is None:
        return (NEEDED["view_channel"],)
    found = missing(channel.permissions_for(guild.me), thread=isinstance(channel, discord.Thread))
    return tuple(text for name, text in found.items() if name in (of or NEEDED))
