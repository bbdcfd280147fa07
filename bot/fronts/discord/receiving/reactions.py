"""Reactions as they come, and those that came while nobody listened."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias
from uuid import uuid4

import discord
import structlog

from bot.core.chat.front_rules import is_vote
from bot.core.chat.messages import MessageRef, Outgoing, Place, Reaction, Speak, Who
from bot.fronts.common.app_port import ChatApp
from bot.fronts.common.languages import Languages
from bot.fronts.discord.places import PLATFORM, channel_place, member_of, ref, who_of

_log = structlog.get_logger(__name__)

SpeakTo: TypeAlias = Callable[[Place, Who], Speak]


class Reactions:
    """Tells the core who put which emoji on what; `speaker` answers in a place."""

    def __init__(self, app: ChatApp, client: discord.Client, languages: Languages, speaker: SpeakTo) -> None:
        self._app = app
        self._client = client
        self._languages = languages
        self._speaker = speaker

    async def heard(self, payload: discord.RawReactionActionEvent, *, added: bool) -> None:
        """A reaction that came or went just now; those of bots, ours among them, are none."""
        author = payload.message_author_id
        ours = self._client.user.id if self._client.user else None
        if payload.user_id == ours or (author is not None and author != ours) or payload.emoji.id is not None:
            return
        who = await self._who(payload)
        if who is None:
            return
        place = channel_place(payload.guild_id, payload.channel_id)
        message = ref(payload.channel_id, payload.message_id)
        event = self._event(place, who, message, payload.emoji.name)
        await self._app.handle(replace(event, added=added), self._speaker(place, who))

    async def catch_up(self, shard: int) -> None:
        """Read the votes on results that may have come while a shard was away."""
        for message in await self._app.open_messages(PLATFORM):
            try:
                if self._shard(message) == shard:
                    await self._again(message)
            except discord.HTTPException as exc:
                _log.info("reactions not read", channel=message.chat, code=exc.code)

    def _shard(self, message: MessageRef) -> int:
        """The shard that hears of a message; private chats are the first one's."""
        channel = self._client.get_channel(int(message.chat))
        return channel.guild.shard_id if isinstance(channel, GUILD) else 0

    async def _again(self, message: MessageRef) -> None:
        channel = self._client.get_partial_messageable(int(message.chat))
        found = await channel.fetch_message(int(message.id))
        guild = self._client.get_channel(int(message.chat))
        place = channel_place(guild.guild.id if isinstance(guild, GUILD) else None, int(message.chat))
        for reaction in found.reactions:
            emoji = reaction.emoji if isinstance(reaction.emoji, str) else ""
            if not is_vote(emoji) or reaction.count <= int(reaction.me):
                continue
            async for user in reaction.users():
                if not user.bot:
                    event = self._event(place, member_of(user), message, emoji)
                    await self._app.handle(replace(event, late=True), _silent)

    def _event(self, place: Place, who: Who, message: MessageRef, emoji: str) -> Reaction:
        """A reaction; Discord gives it no id, and the same one may come, go and come again."""
        return Reaction(
            event_id=f"discord:{uuid4()}", place=place, who=who, locale=self._languages.client(who), message=message,
            emoji=emoji, added=True,
        )  # fmt: skip

    async def _who(self, payload: discord.RawReactionActionEvent) -> Who | None:
        """The person; an emoji taken off a server's message names them by number alone."""
        if payload.member:
            return None if payload.member.bot else member_of(payload.member)
        user = self._client.get_user(payload.user_id) or await self._client.fetch_user(payload.user_id)
        return None if user.bot else who_of(user)


GUILD = discord.abc.GuildChannel | discord.Thread


async def _silent(outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef | None:
    """Answers nothing: nobody waits for an answer to what they did while we were away."""
    return instead_of
