"""Turns Discord's events into incoming values: commands, presses, forms, menus and messages."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any, Literal

import discord
import structlog
from discord import app_commands

from bot.core.chat.catalogue import CommandSpec, Option, find
from bot.core.chat.front_rules import answers_privately, field_of
from bot.core.chat.messages import (
    Borrow,
    Command,
    Form,
    Incoming,
    Inspect,
    MessageRef,
    Outgoing,
    Place,
    Press,
    Reply,
    Say,
    Speak,
    Submit,
    Upload,
    Who,
    say,
)
from bot.fronts.common.app_port import Asking, ChatApp
from bot.fronts.common.event_origin import EventOrigin
from bot.fronts.common.languages import Languages
from bot.fronts.discord.commands.application_commands import SentCommand, has_form, is_incomplete
from bot.fronts.discord.membership import Membership
from bot.fronts.discord.places import channel_place, member_of, place_of, ref, who_of
from bot.fronts.discord.receiving import modals
from bot.fronts.discord.receiving.attachments import AttachedPhoto, photos_of, pictures_of
from bot.fronts.discord.receiving.modals import Forms
from bot.fronts.discord.sending.interaction_responder import InteractionResponder
from bot.fronts.discord.sending.message_sender import Message, MessageSender

_COMMAND = "discord1:command:"
"""Marks the form of a command that lacked something."""
CHOICE, SUGGESTIONS = 100, 25
"""Characters of a suggestion, and suggestions at most (Discord: Application Commands, autocomplete)."""
_log = structlog.get_logger(__name__)


class EventHandlers:
    """Hands events to the core and acknowledges them in time."""

    def __init__(
        self, app: ChatApp, client: discord.Client, messages: MessageSender, languages: Languages,
        membership: Membership,
    ) -> None:  # fmt: skip
        self._app = app
        self._membership = membership
        self._client = client
        self._messages = messages
        self._languages = languages
        self._forms = Forms(app, languages)

    async def command(self, interaction: discord.Interaction[Any], sent: SentCommand) -> None:
        """A slash command: acknowledged before anything else, unless its form must come first."""
        at = self._at(interaction)
        if has_form(sent.spec) and is_incomplete(sent):
            await self._command_form(interaction, sent, at)
            return
        async with self._answering(interaction, at, private=_private(sent)) as answer:
            await self._app.handle(_command(at, sent), answer)

    async def suggest(
        self, interaction: discord.Interaction[Any], spec: CommandSpec, option: Option, typed: str
    ) -> list[app_commands.Choice[str]]:
        """What could stand in an option."""
        at = self._at(interaction)
        found = await self._app.suggest(
            Asking(who=at.who, place=at.place, locale=at.locale, command=spec.name, option=option.name, typed=typed)
        )
        fitting = [one for one in found if len(one.value) <= CHOICE][:SUGGESTIONS]
        return [app_commands.Choice(name=one.label[:CHOICE], value=one.value) for one in fitting]

    async def button(self, interaction: discord.Interaction[Any], action: str) -> None:
        """A press, answered with a form or acknowledged soon."""
        at = self._at(interaction)
        assert interaction.message, "a button stands under a message"
        if action == modals.OPEN and await self._forms.reopen(interaction, at.who, at.place):
            return
        message = ref(interaction.message.channel.id, interaction.message.id)
        async with self._answering(interaction, at) as answer:
            await self._app.handle(Press(**at.fields, action=action, message=message), answer)

    async def filled(self, interaction: discord.Interaction[Any]) -> None:
        """A filled form."""
        at = self._at(interaction)
        custom_id, fields, photos = modals.read(interaction)
        if custom_id.startswith(_COMMAND):
            await self._filled_command(interaction, at, custom_id.removeprefix(_COMMAND), (fields, photos))
            return
        async with self._answering(interaction, at) as answer:
            filled = await self._forms.filled(custom_id, fields, at.who, at.place)
            if isinstance(filled, tuple):
                form, together = filled
                await self._app.handle(Submit(**at.fields, form=form, fields=together, photos=photos), answer)
            else:
                await answer(filled or Say(lines=(say("discord-form-over"),), tone="error", private=True))

    async def borrowed(
        self, interaction: discord.Interaction[Any], message: discord.Message, purpose: Literal["picture", "persona"]
    ) -> None:
        """A menu on a message: its pictures are wanted for a picture, or for a persona.

        A picture of ours is whoever's asked for it, which the core knows.
        """
        at = self._at(interaction)
        own = message.author == interaction.user or message.author == self._client.user
        async with self._answering(interaction, at, private=own or message.author.bot) as answer:
            if message.author.bot and not own:
                await answer(Say(lines=(say("discord-borrow-bot"),), tone="error", private=True))
                return
            if not own:
                answer.call(message.author)
            owner = at.who if own else who_of(message.author)
            photos = pictures_of(message)
            source = ref(message.channel.id, message.id)
            wish = Borrow(**at.fields, owner=owner, photos=photos, purpose=purpose, source=source)
            await self._app.handle(wish, answer)

    async def inspected(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """The menu that asks for a message's recipes."""
        at = self._at(interaction)
        async with self._answering(interaction, at, private=True) as answer:
            await self._app.handle(Inspect(**at.fields, message=ref(message.channel.id, message.id)), answer)

    async def message(self, message: discord.Message) -> None:
        """Words and photos in a private chat, or in a server where we are called by name."""
        guild = message.guild
        if message.author.bot or (guild and self._client.user not in message.mentions):
            return
        text = _without_calls(message.content, self._client.user)
        photos = photos_of(message.attachments)
        if not text and not photos:
            return
        place = channel_place(guild.id if guild else None, message.channel.id)
        who = member_of(message.author)
        self._languages.at_home(place, who)
        at = EventOrigin(f"discord:{message.id}", place, who, self._languages.client(who))
        incoming: Incoming = Upload(**at.fields, text=text, photos=photos)
        if (to := self._ours(message)) is not None:
            incoming = Reply(**at.fields, to=to, text=text, photos=photos)
        await self._app.handle(incoming, self.speaker(place, who, message))

    def speaker(self, place: Place, who: Who, message: discord.Message | None = None) -> Speak:
        """Answers in a place, as a reply to `message`; what is private goes to the person's own chat."""

        async def speak(outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef | None:
            if isinstance(outgoing, Form):
                outgoing = await self._forms.keep(outgoing, who, place)
            to = Message(place, outgoing, who)
            if instead_of is not None:
                return await self._messages.edit(instead_of, to)
            return await self._messages.send(to, reply=message)

        return speak

    async def _command_form(self, interaction: discord.Interaction[Any], sent: SentCommand, at: EventOrigin) -> None:
        """The form of a command with what was given already; nothing is read for it, so it comes at once."""
        title = say("discord-command", name=sent.spec.name)
        fields = [field_of(option, sent.options.get(option.name, "")) for option in sent.spec.options]
        form = Form(id=f"{_COMMAND}{sent.spec.name}", title=title, fields=tuple(fields), send=title)
        await self._forms.open(interaction, form, at.locale)

    async def _filled_command(
        self,
        interaction: discord.Interaction[Any],
        at: EventOrigin,
        name: str,
        filled: tuple[dict[str, str], tuple[AttachedPhoto, ...]],
    ) -> None:
        spec = find(name)
        fields, photos = filled
        async with self._answering(interaction, at, private=True) as answer:
            if spec is None:
                await answer(Say(lines=(say("discord-form-over"),), tone="error", private=True))
                return
            options = {key: value for key, value in fields.items() if value}
            await self._app.handle(_command(at, SentCommand(spec, options, photos)), answer)

    @contextlib.asynccontextmanager
    async def _answering(
        self, interaction: discord.Interaction[Any], at: EventOrigin, private: bool | None = None
    ) -> AsyncIterator[InteractionResponder]:
        """An answer, acknowledged at once as private or public; without either, soon."""
        answer = InteractionResponder(interaction, self._messages, self._forms, (at.place, at.who))
        waiting: asyncio.Task[None] | None = None
        try:
            if private is None:
                waiting = asyncio.create_task(answer.wait())
            else:
                await answer.think(private=private)
                await asyncio.sleep(0)  # whoever else wrote at this moment is acknowledged before our work begins
            yield answer
        finally:
            if waiting:
                waiting.cancel()
                await asyncio.wait([waiting])
            await answer.close()

    def _at(self, interaction: discord.Interaction[Any]) -> EventOrigin:
        place, locale = place_of(interaction), interaction.locale.value
        who = who_of(interaction.user, interaction.permissions if interaction.guild_id else None)
        self._languages.hear(who.id, locale)
        self._membership.met(place, who)
        self._languages.at_home(place, who)
        if interaction.guild_locale and place.thread:
            self._languages.hear(place.chat, interaction.guild_locale.value)
        return EventOrigin(f"discord:{interaction.id}", place, who, locale)

    def _ours(self, message: discord.Message) -> MessageRef | None:
        """The message of ours that somebody answers; where Discord does not show it, the core knows."""
        reference = message.reference
        if reference is None or reference.message_id is None:
            return None
        answered = reference.resolved
        if isinstance(answered, discord.Message) and answered.author != self._client.user:
            return None
        return ref(reference.channel_id, reference.message_id)


def _command(at: EventOrigin, sent: SentCommand) -> Command:
    return Command(**at.fields, name=sent.spec.name, options=sent.options, photos=sent.photos)


def _private(sent: SentCommand) -> bool | None:
    """Whether the answer is the person's alone; None where a form may have to be the very first response."""
    return None if sent.spec.ack == "form" else answers_privately(sent.spec, sent.options)


def _without_calls(text: str, us: discord.abc.User | None) -> str:
    """The words of a message without our name in it."""
    if us is None:
        return text.strip()
    return text.replace(f"<@{us.id}>", "").replace(f"<@!{us.id}>", "").strip()
