"""Which model draws a request, and whether it can."""

from difflib import get_close_matches

from bot.core.context import Context
from bot.core.errors import Sorry
from bot.core.wanted import Wanted
from providers.model import Model


def choose(context: Context, named: str | None) -> Model:
    """The model somebody named, else their own, the workspace's, or the first there is; raises Sorry."""
    drawing = context.parts.drawing
    if named:
        if model := drawing.model(named) or drawing.model(_near(context, named)):
            return model
        raise Sorry("error-model-unknown", model=named[:60], choices=", ".join(m.id for m in drawing.models))
    for preferred in (context.own.get("model"), context.shared.get("model")):
        if preferred and (model := drawing.model(preferred)):
            return model
    return drawing.models[0]


def check(model: Model, wanted: Wanted, references: int) -> None:
    """Raise Sorry when a model cannot draw what is wanted; said before any money is reserved."""
    can = model.capabilities
    if references < can.min_references:
        raise Sorry("capability-needs-photo", model=model.name, count=can.min_references)
    if references > can.max_references:
        raise Sorry("capability-references", model=model.name, count=references, most=can.max_references)
    if wanted.command == "edit" and not (can.edit or can.restyles):
        raise Sorry("capability-edit", model=model.name)
    if wanted.aspect not in can.aspects:
        raise Sorry("capability-aspect", model=model.name, aspect=wanted.aspect, choices=", ".join(can.aspects))
    if wanted.size not in can.sizes:
        raise Sorry("capability-size", model=model.name, size=wanted.size, choices=", ".join(can.sizes))
    if wanted.seed is not None and not can.seed:
        raise Sorry("capability-seed", model=model.name)
    if unknown := [key for key in wanted.parameters if key not in can.parameters]:
        choices = ", ".join(can.parameters) or "-"
        raise Sorry("capability-parameter", model=model.name, parameter=unknown[0][:40], choices=choices)


def edits_pixels(command: str, parent: str | None, model: Model) -> bool:
    """Whether the parent's own pixels are the first photo; a model that only restyles starts from the photos again."""
    return command == "edit" and parent is not None and not model.capabilities.restyles


def _near(context: Context, named: str) -> str:
    """The id a friendly or misspelt model name means, or the name itself."""
    by_name = {m.name.casefold(): m.id for m in context.parts.drawing.models}
    by_name |= {m.id.casefold(): m.id for m in context.parts.drawing.models}
    near = get_close_matches(named.casefold(), by_name, n=1, cutoff=0.8)
    return by_name[near[0]] if near else named
