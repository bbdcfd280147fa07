"""The connection to Discord: discord.py's client with our commands, buttons and ears."""

import asyncio
from typing import Any

import discord
import structlog
from discord import app_commands

from bot.core.chat.messages import Joined, say
from bot.fronts.common.app_port import ChatApp, FrontFacts
from bot.fronts.common.languages import Languages
from bot.fronts.discord.commands.application_commands import BY_ALL, EVERYWHERE, Commands, Translator
from bot.fronts.discord.commands.command_sync import sync
from bot.fronts.discord.membership import Membership
from bot.fronts.discord.permissions import invitation
from bot.fronts.discord.places import server, who_of
from bot.fronts.discord.receiving.event_handlers import EventHandlers
from bot.fronts.discord.receiving.persistent_buttons import ActionButton
from bot.fronts.discord.receiving.reactions import Reactions
from bot.fronts.discord.sending.message_sender import MessageSender

_log = structlog.get_logger(__name__)


def intents() -> discord.Intents:
    """What we listen to; none of it needs Discord's approval."""
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, guild_reactions=True, dm_reactions=True)


class LikenessClient(discord.AutoShardedClient):
    """Hears Discord and answers; as many shards as Discord recommends."""

    def __init__(self, app: ChatApp, facts: FrontFacts) -> None:
        super().__init__(
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),  # nobody is called by words of a prompt
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self._app = app
        self.languages = Languages(app)
        self.messages = MessageSender(self, app, self.languages, facts)
        self.membership = Membership(self)
        self.handlers = EventHandlers(app, self, self.messages, self.languages, self.membership)
        self.reactions = Reactions(app, self, self.languages, self.handlers.speaker)
        self.translator = Translator(app)
        self.tree: app_commands.CommandTree[LikenessClient] = app_commands.CommandTree(self)
        self.opened = asyncio.Event()
        """Set once we are known to Discord and may speak."""
        self._add_commands(Commands(app, self.handlers.command, self.handlers.suggest))

    async def setup_hook(self) -> None:
        self.add_dynamic_items(ActionButton)
        await self._register()
        assert self.application_id, "logging in tells it"
        _log.info("discord_invite", url=invitation(self.application_id))
        self.opened.set()

    async def on_ready(self) -> None:
        _log.info("discord_ready", name=str(self.user), servers=len(self.guilds), shards=len(self.shards))

    async def on_shard_ready(self, shard: int) -> None:
        """Read the votes we missed: only a connection that is taken up again is told what came meanwhile."""
        await self.reactions.catch_up(shard)

    async def on_button(self, interaction: discord.Interaction[Any], action: str) -> None:
        await self.handlers.button(interaction, action)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        if interaction.type is discord.InteractionType.modal_submit:
            await self.handlers.filled(interaction)

    async def on_message(self, message: discord.Message) -> None:
        await self.handlers.message(message)

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        await self.reactions.heard(payload, added=True)

    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        await self.reactions.heard(payload, added=False)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Greet a server, once for each time we are taken into it."""
        _log.info("discord_joined", server=guild.id)
        owner = guild.owner or await self.fetch_user(guild.owner_id or 0)
        since = guild.me.joined_at
        place = server(guild.id, _greeting_channel(guild))
        who = who_of(owner)
        self.languages.hear(place.chat, guild.preferred_locale.value)
        event_id = f"discord:joined:{guild.id}:{int(since.timestamp()) if since else 0}"
        joined = Joined(event_id=event_id, place=place, who=who, locale=guild.preferred_locale.value, title=guild.name)
        await self._app.handle(joined, self.handlers.speaker(place, who))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        _log.info("discord_left", server=guild.id)

    async def _register(self) -> None:
        """Register the commands; where Discord refuses them, those it has go on working."""
        try:
            await sync(self, self.tree, self.translator)
        except discord.HTTPException as exc:
            if exc.status >= 500:
                raise
            _log.exception("discord_commands_refused", code=exc.code)

    def _add_commands(self, commands: Commands) -> None:
        """Put the catalogue's commands and the menus of messages into the tree."""
        for command in commands.build():
            self.tree.add_command(command)

        async def use(interaction: discord.Interaction[Any], message: discord.Message) -> None:
            await self.handlers.borrowed(interaction, message, "picture")

        async def add(interaction: discord.Interaction[Any], message: discord.Message) -> None:
            await self.handlers.borrowed(interaction, message, "persona")

        async def recipe(interaction: discord.Interaction[Any], message: discord.Message) -> None:
            await self.handlers.inspected(interaction, message)

        menus = {
            "discord-menu-use": (say("discord-menu-use"), use),
            "discord-menu-add": (say("discord-menu-add"), add),
            "discord-menu-recipe": (say("discord-menu-recipe"), recipe),
        }
        for text, callback in menus.values():
            name = commands.words(text)
            menu = app_commands.ContextMenu(
                name=name, callback=callback, allowed_contexts=EVERYWHERE, allowed_installs=BY_ALL
            )
            self.tree.add_command(menu)


def _greeting_channel(guild: discord.Guild) -> int | None:
    """Where a server greets newcomers, else its first channel in which we may write."""
    if guild.system_channel and guild.system_channel.permissions_for(guild.me).send_messages:
        return guild.system_channel.id
    return next((one.id for one in guild.text_channels if one.permissions_for(guild.me).send_messages), None)
