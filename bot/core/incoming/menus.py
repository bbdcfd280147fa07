"""Commands that were named in part: the buttons of a family's commands, and a form for what is missing."""

from collections.abc import Mapping

from bot.core.chat.action_ids import Action
from bot.core.chat.catalogue import CommandSpec, Option, families
from bot.core.chat.errors import UserError
from bot.core.chat.front_rules import field_of
from bot.core.chat.messages import Button, Choice, Field, Form, Photo, Say, say
from bot.core.media.photo_intake import UNPRESSED, stored
from bot.core.people.access import may_run
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import FillCommand
from bot.core.runtime.open_questions import draft_of
from storage.tables import personas

FILL = "fill"
"""The verb of the form that asks for missing options."""
LIFE = 86_400_000
WIDE = 3
"""Buttons in a row of a menu."""


def family(name: str) -> tuple[CommandSpec, ...]:
    """The commands that begin with a word, such as those of "persona"; unlisted ones are in no menu."""
    return tuple(spec for spec in families().get(name, ()) if spec.name != name)


async def show(context: Context, name: str) -> None:
    """The commands of a family as buttons; raises UserError when none of them is for this person."""
    specs = [spec for spec in family(name) if may_run(context, spec)]
    if not specs:
        raise UserError("operator-only")
    buttons = [_button(spec) for spec in specs]
    rows = tuple(tuple(buttons[start : start + WIDE]) for start in range(0, len(buttons), WIDE))
    lines = [say("menu-head", command=f"/{name}")]
    lines += [say("menu-line", command=f"/{spec.name}", about=say(spec.key)) for spec in specs]
    await context.say(Say(lines=tuple(lines), buttons=rows, private=True))


def _button(spec: CommandSpec) -> Button:
    label = say("menu-command", command=f"/{spec.name}")
    return Button(label=label, action=str(Action("menu", spec.name.replace(" ", "-"))))


def missing(spec: CommandSpec, given: Mapping[str, str], photos: int) -> list[Option]:
    """The required options that were not given.

    Nothing is asked for where a command is unlisted: who claims the bot may not fill forms of it yet.
    """
    if not spec.listed:
        return []
    return [option for option in spec.options if option.required and not _is_given(option, given, photos)]


def _is_given(option: Option, given: Mapping[str, str], photos: int) -> bool:
    return photos > 0 if option.kind == "photos" else bool(given.get(option.name, "").strip())


async def ask_missing(context: Context, spec: CommandSpec, given: Mapping[str, str], photos: tuple[Photo, ...]) -> None:
    """The form for a command's required options that were not given; raises UserError where it cannot be filled.

    Photos that came along wait with it.
    """
    fields = [await _field(context, option) for option in missing(spec, given, len(photos))]
    data = FillCommand(command=spec.name, options=given, photos=await stored(context, photos))
    draft = await draft_of(context, data, UNPRESSED if photos else LIFE)
    await context.say(
        Form(
            id=str(Action(FILL, draft.id)),
            title=say("menu-command", command=f"/{spec.name}"),
            fields=tuple(fields),
            send=say("button-go-on"),
        )
    )


async def _field(context: Context, option: Option) -> Field:
    if option.kind == "persona":
        async with context.services.database.read() as tx:
            known = await personas.owned(tx, context.user.id, limit=25)
        if not known:
            raise UserError("offer-no-personas")
        choices = tuple(Choice(value=one.name, label=say("model-choice", name=one.name)) for one in known)
        return Field(name=option.name, label=say(option.key), kind="choice", value=known[0].name, choices=choices)
    return field_of(option)
