"""/settings: a person's language, model and usual persona, and from which price on they are asked."""

from collections.abc import Mapping
from typing import Any

from bot.core import capability, sight
from bot.core.actions import Action
from bot.core.amounts import micro_of
from bot.core.catalogue import LANGUAGES
from bot.core.context import Context
from bot.core.errors import Sorry
from bot.core.limits import limits_from
from bot.core.messages import Button, Choice, Dollars, Field, Form, Say, Text, say
from bot.core.options import Options
from storage import personas, settings

NONE = "-"
"""What takes the usual persona away again."""
CONFIRM = "limit-confirm-micro"


async def preferences(context: Context, options: Options) -> None:
    """Change what the options name; without options show what is set, with a button that opens the form."""
    if options.texts:
        await change(context, options.texts)
        return
    edit = Button(label=say("button-change"), action=str(Action("settings", "form")))
    await context.say(Say(lines=await _lines(context, context.own), buttons=((edit,),), private=True))


async def form(context: Context) -> None:
    """The form with the present choices."""
    async with context.parts.database.read() as tx:
        known = await personas.owned(tx, context.user.id, limit=24)
    usual = context.own.get("persona")
    fields = (
        _choice(
            "language", say("option-language"), _language(context), [(one, say(f"choice-{one}")) for one in LANGUAGES]
        ),
        _choice(
            "model",
            say("option-model"),
            capability.choose(context, None).id,
            [(model.id, say("model-choice", name=model.name)) for model in context.parts.drawing.models],
        ),
        _choice(
            "persona",
            say("option-persona"),
            next((one.name for one in known if one.id == usual), NONE),
            [(NONE, say("settings-no-persona")), *((one.name, say("model-choice", name=one.name)) for one in known)],
        ),
        Field(name="confirm", label=say("option-confirm"), required=False, value=_confirm(context.own), longest=12),
    )
    id_ = str(Action("settings", "form"))
    await context.say(Form(id=id_, title=say("form-settings"), fields=fields, send=say("button-save")))


async def change(context: Context, values: Mapping[str, str]) -> None:
    """Store a person's choices and say what is set now; raises Sorry for a value that does not exist."""
    chosen: dict[str, Any] = {}
    if language := values.get("language"):
        if language not in LANGUAGES:
            raise Sorry("button-unknown")
        chosen["language"] = language
    if model := values.get("model"):
        chosen["model"] = capability.choose(context, model).id
    if persona := values.get("persona"):
        chosen["persona"] = None if persona == NONE else (await sight.persona(context, persona)).id
    if confirm := values.get("confirm"):
        chosen[CONFIRM] = micro_of(confirm)
    async with context.parts.database.write() as tx:
        for key, value in chosen.items():
            await settings.put(tx, f"user:{context.user.id}", key, value)
    lines = await _lines(context, {**context.own, **chosen})
    await context.say(Say(lines=(say("settings-saved"), *lines), tone="good", private=True))


async def usual_persona(context: Context) -> str | None:
    """The persona a person draws when they name none, or None."""
    usual = context.own.get("persona")
    async with context.parts.database.read() as tx:
        persona = await personas.get(tx, usual) if usual else None
    return persona.id if persona and persona.owner == context.user.id else None


async def _lines(context: Context, own: Mapping[str, Any]) -> tuple[Text, ...]:
    model = context.parts.drawing.model(own.get("model", "")) or capability.choose(context, None)
    language = own.get("language") or _language(context)
    lines = [
        say("settings-language", language=say(f"choice-{language}")),
        say("settings-model", model=model.name),
        say("settings-confirm", amount=Dollars(limits_from(own).confirm_micro)),
    ]
    async with context.parts.database.read() as tx:
        persona = await personas.get(tx, own["persona"]) if own.get("persona") else None
    if persona:
        lines.append(say("settings-persona", name=persona.name))
    return tuple(lines)


def _choice(name: str, label: Text, value: str, choices: list[tuple[str, Text]]) -> Field:
    return Field(
        name=name,
        label=label,
        kind="choice",
        value=value,
        choices=tuple(Choice(value=one, label=words) for one, words in choices),
    )


def _confirm(own: Mapping[str, Any]) -> str:
    return f"{limits_from(own).confirm_micro / 1_000_000:.2f}"


def _language(context: Context) -> str:
    wanted = context.locale.partition("-")[0]
    return wanted if wanted in LANGUAGES else LANGUAGES[0]
