"""Filled forms."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from bot.core.account import preferences
from bot.core.chat.action_ids import parse
from bot.core.chat.catalogue import PROMPT_LONGEST
from bot.core.chat.errors import UserError
from bot.core.chat.image_request import ImageRequest
from bot.core.chat.messages import Submit, say
from bot.core.incoming import commands
from bot.core.incoming.menus import FILL
from bot.core.media.photo_intake import Kept
from bot.core.people import access
from bot.core.personas import editing, persona_commands
from bot.core.requests import retries, variations
from bot.core.requests.submit import submit as submit_request
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import FillCommand, PhotoOffer, ThenCreate
from bot.core.runtime.open_questions import pending
from storage.tables import drafts
from storage.tables.enums import PersonaKind
from storage.tables.personas import NewPersona

Fields: TypeAlias = Mapping[str, str]
Taker: TypeAlias = Callable[[Context, str, Submit], Awaitable[None]]


async def submit(context: Context, submitted: Submit) -> None:
    """Take a filled form; raises UserError for one that is over or filled wrongly."""
    action = parse(submitted.form)
    take = _TAKERS.get(action.verb) if action else None
    if action is None or take is None:
        raise UserError("button-unknown")
    fields = {name: value.strip() for name, value in submitted.fields.items()}
    await take(context, action.row, replace(submitted, fields=fields))


async def _make(context: Context, row: str, filled: Submit) -> None:
    draft = await pending(context, row, PhotoOffer)
    request = ImageRequest(prompt=_prompt(filled.fields), photos=draft.data.photos)
    await submit_request(context, request, draft=draft.id)


async def _person(context: Context, row: str, filled: Submit) -> None:
    draft = await pending(context, row, PhotoOffer)
    name = _bounded("name", filled.fields.get("name", ""), 60)
    named = filled.fields.get("kind", PersonaKind.REAL)
    kind = next((one for one in PersonaKind if one == named), None)
    if kind is None:
        raise UserError("button-unknown")
    new = NewPersona(name, kind, filled.fields.get("description", "")[:1000])
    await persona_commands.begin(context, ThenCreate(persona=new, photos=draft.data.photos, draft=draft.id))


async def _edit(context: Context, row: str, filled: Submit) -> None:
    await variations.change(context, await access.image(context, row), _prompt(filled.fields))


async def _reword(context: Context, row: str, filled: Submit) -> None:
    await retries.reword(context, row, _prompt(filled.fields))


async def _answer(context: Context, row: str, filled: Submit) -> None:
    await retries.answer(context, row, _prompt(filled.fields))


async def _settings(context: Context, row: str, filled: Submit) -> None:
    await preferences.change(context, filled.fields, here=row == preferences.HERE)


async def _persona(context: Context, row: str, filled: Submit) -> None:
    await editing.submit(context, row, filled.fields)


async def _fill(context: Context, row: str, filled: Submit) -> None:
    """Run a command with the options that were missing, and the photos that came with it or now."""
    draft = await pending(context, row, FillCommand)
    earlier = (Kept(context, id_, str(number)) for number, id_ in enumerate(draft.data.photos, 1))
    async with context.services.database.write() as tx:
        if not await drafts.settle(tx, draft.id, context.now):
            raise UserError("button-over")
    options = {**draft.data.options, **filled.fields}
    await commands.run(context, draft.data.command, options, (*earlier, *filled.photos))


_TAKERS: Mapping[str, Taker] = {
    "make": _make,
    "person": _person,
    "edit": _edit,
    "reword": _reword,
    "answer": _answer,
    "settings": _settings,
    "persona": _persona,
    FILL: _fill,
}


def _prompt(fields: Fields) -> str:
    return _bounded("prompt", fields.get("prompt", ""), PROMPT_LONGEST)


def _bounded(name: str, value: str, most: int) -> str:
    if not value:
        raise UserError("error-field-missing", option=say(f"option-{name}"))
    if len(value) > most:
        raise UserError("error-option-long", option=say(f"option-{name}"), length=len(value), most=most)
    return value
