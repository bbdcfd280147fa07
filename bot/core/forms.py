"""Filled forms."""

from bot.core import failures, iterate, personas, preferences, sight
from bot.core.actions import Action, parse
from bot.core.answers import draft_of
from bot.core.catalogue import PERSONA_KINDS, PROMPT_LONGEST
from bot.core.context import Context
from bot.core.errors import Sorry
from bot.core.messages import Submit, say
from bot.core.request import request
from bot.core.wanted import Wanted


async def submit(context: Context, submitted: Submit) -> None:
    """Take a filled form; raises Sorry for one that is over or filled wrongly."""
    action = parse(submitted.form)
    fields = {name: value.strip() for name, value in submitted.fields.items()}
    match action:
        case Action("make", row):
            draft = await draft_of(context, row, "photo")
            prompt = _bounded("prompt", fields.get("prompt", ""), PROMPT_LONGEST)
            await request(context, Wanted(prompt=prompt, photos=tuple(draft.data["photos"])), draft=draft.id)
        case Action("person", row):
            draft = await draft_of(context, row, "photo")
            name = _bounded("name", fields.get("name", ""), 60)
            kind = fields.get("kind", "real")
            about = fields.get("description", "")[:1000]
            if kind not in PERSONA_KINDS:
                raise Sorry("button-unknown")
            await personas.begin(context, (name, kind, about), tuple(draft.data["photos"]), draft.id)
        case Action("edit", row):
            image = await sight.image(context, row)
            await iterate.change(context, image, _bounded("prompt", fields.get("prompt", ""), PROMPT_LONGEST))
        case Action("reword", row):
            await failures.reword(context, row, _bounded("prompt", fields.get("prompt", ""), PROMPT_LONGEST))
        case Action("settings", _):
            await preferences.change(context, fields)
        case _:
            raise Sorry("button-unknown")


def _bounded(name: str, value: str, most: int) -> str:
    if not value:
        raise Sorry("error-field-missing", option=say(f"option-{name}"))
    if len(value) > most:
        raise Sorry("error-option-long", option=say(f"option-{name}"), length=len(value), most=most)
    return value
