"""Choose the model of a request and check its capabilities."""

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches

from bot.core.chat.errors import UserError
from bot.core.chat.image_request import ImageRequest
from bot.core.chat.parsing import flag
from bot.core.runtime.context import Context
from providers.contract.model import Model


def choose(context: Context, named: str | None) -> Model:
    """The named model, else the person's default, the workspace's, or the first usable one; raises UserError."""
    drawing = context.services.drawing
    if named:
        if model := drawing.model(named) or drawing.model(_near(context, named)):
            return model
        raise UserError("error-model-unknown", model=named[:60], choices=", ".join(m.id for m in drawing.models))
    for preferred in (context.own.get("model"), context.shared.get("model")):
        if preferred and (model := drawing.model(preferred)):
            return model
    return drawing.models[0]


def fitted(request: ImageRequest, model: Model) -> ImageRequest:
    """The request with the model's usual size where none was named, and priced switches as "on" or "off"."""
    given = request.parameters.items()
    switches = {key: "on" if flag(value) else "off" for key, value in given if _switch(model, key, value)}
    return replace(
        request, size=request.size or model.capabilities.sizes[0], parameters={**request.parameters, **switches}
    )


def _switch(model: Model, key: str, value: str) -> bool:
    return key in model.surcharges and flag(value) is not None


def check(model: Model, request: ImageRequest, references: int) -> None:
    """Raise UserError when the model cannot draw the request, before any money is reserved."""
    _check_photos(model, request, references)
    can = model.capabilities
    if request.aspect not in can.aspects:
        raise UserError("capability-aspect", model=model.name, aspect=request.aspect, choices=", ".join(can.aspects))
    if request.size not in can.sizes:
        raise UserError("capability-size", model=model.name, size=request.size, choices=", ".join(can.sizes))
    if request.seed is not None and not can.seed:
        raise UserError("capability-seed", model=model.name)
    _check_parameters(model, request.parameters)


def _check_photos(model: Model, request: ImageRequest, references: int) -> None:
    can = model.capabilities
    if references < can.min_references:
        raise UserError("capability-needs-photo", model=model.name, count=can.min_references)
    if references > can.max_references:
        raise UserError("capability-references", model=model.name, count=references, most=can.max_references)
    if request.command == "edit" and not (can.edit or can.restyles):
        raise UserError("capability-edit", model=model.name)


def _check_parameters(model: Model, parameters: Mapping[str, str]) -> None:
    can = model.capabilities
    known = (*can.parameters, *(("lora", "lora_scale") if can.lora else ()))
    if unknown := [key for key in parameters if key not in known]:
        choices = ", ".join(known) or "-"
        raise UserError("capability-parameter", model=model.name, parameter=unknown[0][:40], choices=choices)
    lora = parameters.get("lora")
    if lora is not None and lora not in model.loras:
        raise UserError("capability-lora", model=model.name, lora=lora[:40], choices=", ".join(model.loras) or "-")
    for switch in set(model.surcharges) & set(parameters):
        if flag(parameters[switch]) is None:
            raise UserError("error-option-flag", option=switch, value=parameters[switch][:30])


def edits_pixels(command: str, parent: str | None, model: Model) -> bool:
    """Whether the parent image is sent as the first photo; restyling models start from the original photos."""
    return command == "edit" and parent is not None and not model.capabilities.restyles


def _near(context: Context, named: str) -> str:
    """Resolve a friendly or misspelt model name to an id; unknown names come back unchanged."""
    by_name = {m.name.casefold(): m.id for m in context.services.drawing.models}
    by_name |= {m.id.casefold(): m.id for m in context.services.drawing.models}
    near = get_close_matches(named.casefold(), by_name, n=1, cutoff=0.8)
    return by_name[near[0]] if near else named
