"""/persona traits: choose a persona's traits from the catalogue by buttons, category by category."""

from collections.abc import Sequence

from bot.core.chat.action_ids import Action
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Button, MessageRef, Rows, Say, Text, say
from bot.core.chat.options import Options
from bot.core.people import access
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import button
from prompts.traits import Category, TooMany, categories, described, labels
from storage.tables import personas
from storage.tables.personas import Persona

WIDE = 3
"""Buttons in a row."""


async def show(context: Context, options: Options) -> None:
    """/persona traits: the categories, and what is chosen. Raises UserError."""
    persona = await access.persona(context, options.text("persona"))
    await context.say(_overview(context, persona))


async def open_(context: Context, action: Action, message: MessageRef) -> None:
    """Show a category's traits as toggles, or all categories again; raises UserError."""
    persona = await _own(context, action.row)
    category = next((one for one in categories() if one.id == action.arg), None)
    said = _category(context, persona, category) if category else _overview(context, persona)
    await context.speak(said, instead_of=message)


async def toggle(context: Context, action: Action, message: MessageRef) -> None:
    """Choose a trait or take it back; raises UserError for more than go together."""
    persona = await _own(context, action.row)
    category = next((one for one in categories() if action.arg in [option.id for option in one.options]), None)
    if category is None:
        raise UserError("button-unknown")
    had = action.arg in persona.traits
    traits = [one for one in persona.traits if one != action.arg] + ([] if had else [action.arg])
    try:
        described(traits)
    except TooMany as exc:
        raise UserError("traits-many", category=category.label.of(context.locale), most=exc.most) from exc
    async with context.services.database.write() as tx:
        await personas.change(tx, persona.id, traits=traits)
    changed = await _own(context, persona.id)
    await context.speak(_category(context, changed, category), instead_of=message)


async def _own(context: Context, id_: str) -> Persona:
    async with context.services.database.read() as tx:
        persona = await personas.get(tx, id_)
    if persona is None or persona.owner != context.user.id:
        raise UserError("persona-gone")
    return persona


def _overview(context: Context, persona: Persona) -> Say:
    buttons = [
        button("trait-name", "traits", persona.id, one.id, name=one.label.of(context.locale)) for one in categories()
    ]
    return Say(
        lines=(say("traits-head", name=persona.name), *_chosen(context, persona)), buttons=_rows(buttons), private=True
    )


def _category(context: Context, persona: Persona, category: Category) -> Say:
    toggles = [
        Button(
            label=say("trait-name", name=option.label.of(context.locale)),
            action=str(Action("trait", persona.id, option.id)),
            pressed=option.id in persona.traits,
        )
        for option in category.options
    ]
    back = (button("button-back", "traits", persona.id, "all"),)
    head = say("traits-category", category=category.label.of(context.locale), most=category.most)
    lines = (head, *_chosen(context, persona))
    return Say(lines=lines, buttons=(*_rows(toggles), back), private=True)


def _chosen(context: Context, persona: Persona) -> tuple[Text, ...]:
    if not persona.traits:
        return (say("traits-none"),)
    return (say("traits-chosen", traits=", ".join(labels(persona.traits, context.locale))),)


def _rows(buttons: Sequence[Button]) -> Rows:
    return tuple(tuple(buttons[start : start + WIDE]) for start in range(0, len(buttons), WIDE))
