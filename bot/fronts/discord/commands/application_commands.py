"""The catalogue as Discord's application commands."""

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Optional, TypeAlias

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.core.chat.catalogue import CommandSpec, Option, choice_key, families, for_managers
from bot.core.chat.messages import Text, say
from bot.fronts.common.app_port import ChatApp
from bot.fronts.discord.receiving.attachments import AttachedPhoto

ENGLISH = "en"
DESCRIPTION = 100
"""Characters of a description and of a choice (Discord: Application Commands)."""
LONGEST = 6000
EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
BY_ALL = app_commands.AppInstallationType(guild=True, user=True)
MANAGERS = discord.Permissions(manage_guild=True)
"""Who sees the operator's commands in menus; it makes nobody an operator."""
_TEXT = "text"
_OURS = "option_"
"""Stands before names of options in Python, where words such as "for" cannot be names."""


@dataclass(frozen=True, slots=True)
class SentCommand:
    """A command as somebody sent it."""

    spec: CommandSpec
    options: Mapping[str, str]
    photos: tuple[AttachedPhoto, ...]


Run: TypeAlias = Callable[[discord.Interaction[Any], SentCommand], Awaitable[None]]
Suggest: TypeAlias = Callable[
    [discord.Interaction[Any], CommandSpec, Option, str], Awaitable[list[app_commands.Choice[str]]]
]


class Translator(app_commands.Translator):
    """Gives Discord the French of what stands in the catalogue; English is what it shows everybody else."""

    def __init__(self, app: ChatApp) -> None:
        self._app = app

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        text = string.extras.get(_TEXT)
        if text is None or locale is not discord.Locale.french:
            return None
        return self._app.words(text, "fr")[:DESCRIPTION]


class Commands:
    """Builds the commands; `run` is called with each that is sent, `suggest` while somebody types."""

    def __init__(self, app: ChatApp, run: Run, suggest: Suggest) -> None:
        self._app = app
        self._run = run
        self._suggest = suggest

    def build(self) -> Iterable[app_commands.Command[Any, ..., None] | app_commands.Group]:
        """One command or one group for each first word of the catalogue's names."""
        for word, specs in families().items():
            if [spec.name for spec in specs] == [word]:
                yield self._command(specs[0], word)
            else:
                yield self._group(word, specs)

    def words(self, text: Text) -> locale_str:
        """Words that Discord keeps in both languages."""
        return locale_str(self._app.words(text, ENGLISH)[:DESCRIPTION], **{_TEXT: text})

    def _group(self, word: str, specs: tuple[CommandSpec, ...]) -> app_commands.Group:
        group = app_commands.Group(
            name=word,
            description=self.words(say("discord-group", name=word)),
            allowed_contexts=EVERYWHERE,
            allowed_installs=BY_ALL,
            default_permissions=MANAGERS if for_managers(specs) else None,
        )
        for spec in specs:
            group.add_command(self._command(spec, spec.name.removeprefix(f"{word} "), parent=group))
        return group

    def _command(
        self, spec: CommandSpec, name: str, parent: app_commands.Group | None = None
    ) -> app_commands.Command[Any, ..., None]:
        return app_commands.Command(
            name=name,
            description=self.words(say(spec.key)),
            callback=self._callback(spec),
            parent=parent,
            allowed_contexts=None if parent else EVERYWHERE,
            allowed_installs=None if parent else BY_ALL,
        )

    def _callback(self, spec: CommandSpec) -> Any:
        """A function whose signature is the command's options, as discord.py reads commands."""

        async def run(interaction: discord.Interaction[Any], **values: Any) -> None:
            await self._run(interaction, given(spec, values))

        slots = {f"{_OURS}{slot.name}": slot for option in spec.options for slot in slots_of(spec, option)}
        run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # inspect looks for it there
            [inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
            + [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, **slot.asked()) for name, slot in slots.items()]
        )
        names = {name: self.words(say("discord-option", name=slot.name)) for name, slot in slots.items()}
        app_commands.rename(**names)(run)
        app_commands.describe(**{name: self.words(say(slot.option.key)) for name, slot in slots.items()})(run)
        if choices := {name: self._choices(slot.option) for name, slot in slots.items() if slot.option.choices}:
            app_commands.choices(**choices)(run)
        if searched := {n: self._completed(spec, s.option) for n, s in slots.items() if s.option.kind in SEARCHED}:
            app_commands.autocomplete(**searched)(run)
        return run

    def _choices(self, option: Option) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=self.words(say(choice_key(one))), value=one) for one in option.choices]

    def _completed(self, spec: CommandSpec, option: Option) -> Any:
        async def complete(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
            return await self._suggest(interaction, spec, option, typed)

        return complete


SEARCHED = ("persona", "model", "template", "command")
"""Kinds of options that are looked up while somebody types."""


@dataclass(frozen=True, slots=True)
class Slot:
    """An option as Discord has it: photos are one option each."""

    name: str
    option: Option
    required: bool

    def asked(self) -> dict[str, Any]:
        """How discord.py reads its type and whether it may be left out."""
        kind = _type(self.option)
        return {"annotation": kind} if self.required else {"annotation": Optional[kind], "default": None}  # noqa: UP045  a type made here


def slots_of(spec: CommandSpec, option: Option) -> list[Slot]:
    """The options of Discord's that an option of the catalogue becomes."""
    needed = option.required and not has_form(spec)
    if option.kind != "photos":
        return [Slot(option.name, option, needed)]
    return [Slot(f"image{n}", option, needed and n <= option.least) for n in range(1, option.most + 1)]


def has_form(spec: CommandSpec) -> bool:
    """Whether a command that came without photos opens a form with a file upload: those do that keep them."""
    return spec.photos is not None and spec.ack == "private"


def is_incomplete(given: SentCommand) -> bool:
    """Whether photos, or something that a command needs, were not given."""
    needed = [option.name for option in given.spec.options if option.required and option.kind != "photos"]
    return not given.photos or any(not given.options.get(name) for name in needed)


def given(spec: CommandSpec, values: Mapping[str, Any]) -> SentCommand:
    """The values discord.py read, as the core takes them."""
    photos = [value for value in values.values() if isinstance(value, discord.Attachment)]
    words = {
        name.removeprefix(_OURS): _word(value)
        for name, value in values.items()
        if value is not None and not isinstance(value, discord.Attachment)
    }
    return SentCommand(spec, words, tuple(AttachedPhoto(photo) for photo in photos))


def _word(value: Any) -> str:
    return ("on" if value else "off") if isinstance(value, bool) else str(value)


def _type(option: Option) -> Any:
    match option.kind:
        case "photos":
            return discord.Attachment
        case "flag":
            return bool
        case "whole":
            return app_commands.Range[int, option.least, option.most]
        case "choice":
            return str
        case _:
            return app_commands.Range[str, 1, min(option.most, LONGEST)]
