"""/persona edit and share: name, description, marks, and sharing with a place."""

from collections.abc import Mapping
from typing import Any

from bot.core.chat.action_ids import Action
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Field, Form, Say, say
from bot.core.chat.options import Options
from bot.core.people import access
from bot.core.personas import likeness
from bot.core.runtime.context import Context
from storage.tables import personas
from storage.tables.personas import NameTaken, Persona


async def edit(context: Context, options: Options) -> None:
    """/persona edit: change what the options name; without any open the form. Raises UserError."""
    persona = await access.persona(context, options.text("persona"))
    facts = {name: options.texts[name] for name in ("name", "description", "marks") if name in options.texts}
    if not facts and "depicts" not in options.texts:
        await _form(context, persona)
        return
    if facts:
        await _change(context, persona, facts)
    if who := options.text("depicts"):
        await likeness.name(context, persona, who)


async def submit(context: Context, id_: str, fields: Mapping[str, str]) -> None:
    """Store the submitted form; raises UserError for somebody else's persona."""
    async with context.services.database.read() as tx:
        persona = await personas.get(tx, id_)
    if persona is None or persona.owner != context.user.id:
        raise UserError("persona-gone")
    name = fields.get("name", "")[:60] or persona.name
    facts = {"name": name, "description": fields.get("description", "")[:1000], "marks": fields.get("marks", "")[:500]}
    await _change(context, persona, facts)


async def share(context: Context, options: Options) -> None:
    """/persona share: let everybody of this place draw a persona, or no longer. Raises UserError."""
    persona = await access.persona(context, options.text("persona"))
    if not context.in_group:
        raise UserError("share-private")
    off = options.flags.get("off", False)
    async with context.services.database.write() as tx:
        await personas.share(tx, persona.id, context.workspace.id, None if off else context.now)
    line = say("share-off", name=persona.name) if off else say("share-on", name=persona.name, owner=context.user.name)
    await context.say(Say(lines=(line,), tone="good", private=off))


async def _change(context: Context, persona: Persona, facts: dict[str, Any]) -> None:
    try:
        async with context.services.database.write() as tx:
            await personas.change(tx, persona.id, **facts)
    except NameTaken as exc:
        raise UserError("persona-name-taken", name=facts["name"]) from exc
    name = facts.get("name", persona.name)
    await context.say(Say(lines=(say("persona-changed", name=name),), tone="good", private=True))


async def _form(context: Context, persona: Persona) -> None:
    fields = (
        Field(name="name", label=say("option-name"), value=persona.name, longest=60),
        Field(
            name="description", label=say("option-description"), kind="words", required=False,
            value=persona.description, longest=1000,
        ),
        Field(name="marks", label=say("option-marks"), kind="words", required=False, value=persona.marks, longest=500),
    )  # fmt: skip
    id_ = str(Action("persona", persona.id))
    await context.say(Form(id=id_, title=say("form-persona-edit"), fields=fields, send=say("button-save")))
