"""What could stand in an option: personas, models and commands, for autocomplete."""

from dataclasses import dataclass

from bot.core.chat.catalogue import find, listed
from bot.core.chat.messages import Place, Who
from bot.core.runtime.context import Services
from bot.locales.words import dollars
from prompts.library import templates
from storage.tables import people, personas, saved_prompts, workspaces

MOST = 50
"""Suggestions given at most; a front whose platform shows fewer takes the first of them."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who types what into which option of which command."""

    who: Who
    place: Place
    locale: str
    command: str
    option: str
    typed: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value and how it reads."""

    value: str
    label: str


async def suggest(services: Services, asking: Asking) -> tuple[Suggestion, ...]:
    """Values that contain what was typed, best first; none for options that take free words."""
    spec = find(asking.command)
    option = spec.option(asking.option) if spec else None
    if option is None:
        return ()
    match option.kind:
        case "persona":
            known = await _personas(services, asking)
        case "model":
            known = [
                Suggestion(m.id, f"{m.name} · {dollars(m.usual_price, asking.locale)}") for m in services.drawing.models
            ]
        case "template":
            known = await _templates(services, asking)
        case "command":
            known = [Suggestion(command.name, f"/{command.name}") for command in listed()]
        case _:
            known = [Suggestion(choice, choice) for choice in option.choices]
    typed = asking.typed.casefold()
    found = [one for one in known if typed in one.value.casefold() or typed in one.label.casefold()]
    return tuple(sorted(found, key=lambda one: not one.value.casefold().startswith(typed))[:MOST])


async def _templates(services: Services, asking: Asking) -> list[Suggestion]:
    """The person's own prompts first, then the shipped templates."""
    async with services.database.read() as tx:
        user = await people.find(tx, asking.who.platform, asking.who.id)
        own = await saved_prompts.owned(tx, user.id) if user else ()
    shipped = [Suggestion(one.id, one.name.of(asking.locale)) for one in templates()]
    return [Suggestion(one.name, one.name) for one in own] + shipped


async def _personas(services: Services, asking: Asking) -> list[Suggestion]:
    """The person's own, and for a picture those that others share in the place too."""
    async with services.database.read() as tx:
        user = await people.find(tx, asking.who.platform, asking.who.id)
        place = await workspaces.find(tx, asking.place.platform, asking.place.chat)
        own = await personas.owned(tx, user.id) if user else ()
        shared = await personas.shared(tx, place.id) if place and asking.command == "imagine" else ()
    return [Suggestion(name, name) for name in dict.fromkeys(one.name for one in (*own, *shared))]
