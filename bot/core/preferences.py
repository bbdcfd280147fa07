"""/settings: a person's language and model."""

from collections.abc import Mapping
from typing import Any

from bot.core import capability
from bot.core.actions import Action
from bot.core.catalogue import LANGUAGES
from bot.core.context import Context
from bot.core.messages import Button, Choice, Field, Form, Say, Text, say
from bot.core.options import Options
from storage import settings


async def preferences(context: Context, options: Options) -> None:
    """Change what the options name; without options show what is set, with a button that opens the form."""
    if options.texts:
        await change(context, options.texts)
        return
    edit = Button(label=say("button-change"), action=str(Action("settings", "form")))
    await context.say(Say(lines=_lines(context, context.own, context.locale), buttons=((edit,),), private=True))


async def form(context: Context) -> None:
    """The form with the present choices."""
    languages = tuple(Choice(value=one, label=say(f"choice-{one}")) for one in LANGUAGES)
    models = tuple(Choice(value=m.id, label=say("model-choice", name=m.name)) for m in context.parts.drawing.models)
    present = capability.choose(context, None).id
    fields = (
        Field(
            name="language",
            label=say("option-language"),
            kind="choice",
            value=_language(context.locale),
            choices=languages,
        ),
        Field(name="model", label=say("option-model"), kind="choice", value=present, choices=models),
    )
    id_ = str(Action("settings", "form"))
    await context.say(Form(id=id_, title=say("form-settings"), fields=fields, send=say("button-save")))


async def change(context: Context, values: Mapping[str, str]) -> None:
    """Store a person's choices and say them in the language they chose; raises Sorry for an unknown model."""
    chosen = {key: value for key, value in values.items() if key in ("language", "model") and value}
    if "model" in chosen:
        chosen["model"] = capability.choose(context, chosen["model"]).id
    async with context.parts.database.write() as tx:
        for key, value in chosen.items():
            await settings.put(tx, f"user:{context.user.id}", key, value)
    own = {**context.own, **chosen}
    await context.say(
        Say(lines=(say("settings-saved"), *_lines(context, own, context.locale)), tone="good", private=True)
    )


def _lines(context: Context, own: Mapping[str, Any], locale: str) -> tuple[Text, ...]:
    model = context.parts.drawing.model(own.get("model", "")) or capability.choose(context, None)
    return (
        say("settings-language", language=say(f"choice-{own.get('language') or _language(locale)}")),
        say("settings-model", model=model.name),
    )


def _language(locale: str) -> str:
    wanted = locale.partition("-")[0]
    return wanted if wanted in LANGUAGES else LANGUAGES[0]
