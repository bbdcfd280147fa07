"""Where something happened on Discord and who did it, as the core names places and people.

A server is one place however many channels it has: its id is the chat, the channel or thread is the thread. A
private chat, or a group's, is its own place.
"""

from typing import Any

import discord

from bot.core.chat.messages import Audience, MessageRef, Place, Who

PLATFORM = "discord"


def place_of(interaction: discord.Interaction[Any]) -> Place:
    """The place of a command, a press or a filled form."""
    if interaction.guild_id is not None:
        return server(interaction.guild_id, interaction.channel_id)
    among_people = interaction.context.private_channel and not interaction.context.dm_channel
    return Place(PLATFORM, str(interaction.channel_id), audience=Audience.GROUP if among_people else Audience.PRIVATE)


def channel_place(guild_id: int | None, channel_id: int) -> Place:
    """The place of a message or a reaction; bots take part in no group chats, so without a server it is private."""
    return server(guild_id, channel_id) if guild_id is not None else Place(PLATFORM, str(channel_id))


def server(guild_id: int, channel_id: int | None) -> Place:
    """A channel of a server."""
    return Place(PLATFORM, str(guild_id), str(channel_id) if channel_id else None, Audience.GROUP)


def channel_of(place: Place) -> int:
    """The id of the channel in which a place's messages stand."""
    return int(place.thread or place.chat)


def who_of(user: discord.abc.User, permissions: discord.Permissions | None = None) -> Who:
    """A person; with their permissions it is known whether they manage the place."""
    manages = permissions.manage_guild if permissions is not None else None
    return Who(PLATFORM, str(user.id), user.display_name, manages)


def member_of(user: discord.abc.User) -> Who:
    """A person, with what their roles allow when they are known as a server's member."""
    return who_of(user, user.guild_permissions if isinstance(user, discord.Member) else None)


def ref(channel_id: int, message_id: int) -> MessageRef:
    return MessageRef(PLATFORM, str(channel_id), str(message_id))
