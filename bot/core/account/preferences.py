"""/settings: the defaults of a person, or of a place for everybody in it."""

from collections.abc import Mapping
from typing import Any

from bot.core.chat.action_ids import Action
from bot.core.chat.catalogue import LANGUAGES
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Choice, Dollars, Field, Form, Say, Text, say
from bot.core.chat.options import Options
from bot.core.models import choosing
from bot.core.money.amounts import micro_of
from bot.core.money.limits import limits_from
from bot.core.people import access
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import button
from prompts.enhance import Quality
from providers.contract.model import Model
from storage.tables import personas, settings
from storage.tables.enums import Fallback
from storage.tables.owners import Scope

NONE = "-"
"""Values that clear the default persona."""
CONFIRM = "limit-confirm-micro"
HERE = "here"
FORM = "form"
CHOICES: Mapping[str, tuple[str, ...]] = {
    "language": LANGUAGES, "quality": tuple(Quality), "fallback": tuple(Fallback),
}  # fmt: skip
"""Settings with a closed set of values, the usual one first."""


async def preferences(context: Context, options: Options) -> None:
    """Change what the options name; without options show what is set, with a button that opens the form."""
    here = options.text("for") == HERE
    given = {key: value for key, value in options.texts.items() if key != "for"}
    if given:
        await change(context, given, here=here)
        return
    _may_set(context, here=here)
    values = context.shared if here else context.own
    edit = button("button-change", "settings", HERE if here else FORM)
    await context.say(Say(lines=await _lines(context, values, here=here), buttons=((edit,),), private=True))


async def form(context: Context, whose: str) -> None:
    """The form with the present choices, of the person or of the place; raises UserError."""
    here = whose == HERE
    _may_set(context, here=here)
    values = context.shared if here else context.own
    fields = [
        _choice(key, _present(context, values, key), [(one, say(f"choice-{one}")) for one in choices])
        for key, choices in CHOICES.items()
    ]
    models = [(model.id, say("model-choice", name=model.name)) for model in context.services.drawing.models]
    fields.insert(1, _choice("model", _model(context, values).id, models))
    if not here:
        fields.append(await _persona_field(context))
        confirm = f"{limits_from(values).confirm_micro / 1_000_000:.2f}"
        fields.append(Field(name="confirm", label=say("option-confirm"), required=False, value=confirm, longest=12))
    title = say("form-settings-here") if here else say("form-settings")
    id_ = str(Action("settings", HERE if here else FORM))
    await context.say(Form(id=id_, title=title, fields=tuple(fields), send=say("button-save")))


async def change(context: Context, given: Mapping[str, str], *, here: bool = False) -> None:
    """Store choices and say what is set now; raises UserError for a value that does not exist."""
    _may_set(context, here=here)
    chosen = await _chosen(context, given, here=here)
    scope = Scope.workspace(context.workspace.id) if here else Scope.user(context.user.id)
    async with context.services.database.write() as tx:
        for key, value in chosen.items():
            await settings.put(tx, scope, key, value)
    values = {**(context.shared if here else context.own), **chosen}
    lines = await _lines(context, values, here=here)
    await context.say(Say(lines=(say("settings-saved"), *lines), tone="good", private=True))


def _may_set(context: Context, *, here: bool) -> None:
    if here and context.in_group and not context.moderates:
        raise UserError("moderator-only")


async def _chosen(context: Context, given: Mapping[str, str], *, here: bool) -> dict[str, Any]:
    """The values to store, by key; raises UserError."""
    chosen: dict[str, Any] = {key: given[key] for key in CHOICES if given.get(key)}
    for key, value in chosen.items():
        if value not in CHOICES[key]:
            raise UserError("button-unknown")
    if model := given.get("model"):
        chosen["model"] = choosing.choose(context, model).id
    if here and (given.get("persona") or given.get("confirm")):
        raise UserError("settings-own")
    if persona := given.get("persona"):
        chosen["persona"] = None if persona == NONE else (await access.persona(context, persona)).id
    if confirm := given.get("confirm"):
        chosen[CONFIRM] = micro_of(confirm)
    return chosen


async def _lines(context: Context, values: Mapping[str, Any], *, here: bool) -> tuple[Text, ...]:
    lines = [
        say("settings-language", language=say(f"choice-{_present(context, values, 'language')}")),
        say("settings-model", model=_model(context, values).name),
        say("settings-quality", quality=say(f"choice-{_present(context, values, 'quality')}")),
        say("settings-fallback", fallback=say(f"choice-{_present(context, values, 'fallback')}")),
    ]
    if here:
        return (say("settings-here"), *lines)
    lines.append(say("settings-confirm", amount=Dollars(limits_from(values).confirm_micro)))
    async with context.services.database.read() as tx:
        persona = await personas.get(tx, values["persona"]) if values.get("persona") else None
    return (*lines, say("settings-persona", name=persona.name)) if persona else tuple(lines)


def _present(context: Context, values: Mapping[str, Any], key: str) -> str:
    """The values in force: the person's, else the place's, else the defaults."""
    if key == "language" and key not in values:
        wanted = context.locale.partition("-")[0]
        return wanted if wanted in LANGUAGES else LANGUAGES[0]
    return str(values.get(key) or context.shared.get(key) or CHOICES[key][0])


def _model(context: Context, values: Mapping[str, Any]) -> Model:
    return context.services.drawing.model(values.get("model", "")) or choosing.choose(context, None)


async def _persona_field(context: Context) -> Field:
    async with context.services.database.read() as tx:
        known = await personas.owned(tx, context.user.id, limit=24)
    usual = next((one.name for one in known if one.id == context.own.get("persona")), NONE)
    named = [(one.name, say("model-choice", name=one.name)) for one in known]
    return _choice("persona", usual, [(NONE, say("settings-no-persona")), *named])


def _choice(name: str, value: str, choices: list[tuple[str, Text]]) -> Field:
    known = tuple(Choice(value=one, label=words) for one, words in choices)
    return Field(name=name, label=say(f"option-{name}"), kind="choice", value=value, choices=known)
