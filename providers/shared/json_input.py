"""How a model with a JSON input spells a request: which field holds what, as the model list says.

The same request has other field names for every model, the photos alone five; they are data, not code.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from providers.contract.errors import BadInput
from providers.contract.model import Model
from providers.contract.provider import Request


@dataclass(frozen=True, slots=True)
class Spelling:
    """The fields of one model's input; a field that is None is not sent."""

    prompt: str = "prompt"
    references: str | tuple[str, ...] | None = None
    """One field that takes a list, or one field for each photo in turn."""
    aspect: str | None = "aspect_ratio"
    aspects: Mapping[str, str] = field(default_factory=dict)
    """The model's words for aspects that it spells otherwise, such as auto = "match_input_image"."""
    auto_alone: str | None = None
    """The word for auto when no photo is sent; None: the same as with photos."""
    size: str | None = None
    sizes: Mapping[str, Any] = field(default_factory=dict)
    """The model's words for sizes that it spells otherwise."""
    seed: str | None = "seed"
    lora: str | None = None
    lora_scale: str | None = None
    """The field of a LoRA's strength; None: the `lora` field takes a list of objects with path and scale."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """The model's fields of parameters that it names otherwise."""
    numbers: tuple[str, ...] = ()
    """Our names of parameters that are numbers."""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    """What every request says."""


_SWITCH = {"on": True, "off": False}


def arguments(request: Request, model: Model, spelling: Spelling, photos: Sequence[str]) -> dict[str, Any]:
    """The input of one call; `photos` are URLs or data URIs in the request's order. Raises BadInput."""
    given: dict[str, Any] = {**spelling.fixed, spelling.prompt: request.prompt, **_photos(spelling, photos)}
    if spelling.aspect:
        given[spelling.aspect] = _aspect(request, spelling, photos)
    if spelling.size:
        given[spelling.size] = spelling.sizes.get(request.size, request.size)
    if spelling.seed and request.own_seed is not None and model.capabilities.seed:
        given[spelling.seed] = request.own_seed
    return {**given, **_parameters(request, model, spelling)}


def _aspect(request: Request, spelling: Spelling, photos: Sequence[str]) -> str:
    if request.aspect == "auto" and not photos and spelling.auto_alone is not None:
        return spelling.auto_alone
    return spelling.aspects.get(request.aspect, request.aspect)


def _photos(spelling: Spelling, photos: Sequence[str]) -> dict[str, Any]:
    match spelling.references:
        case None:
            return {}
        case str(name):
            return {name: list(photos)} if photos else {}
        case names:
            return dict(zip(names, photos, strict=False))


def _parameters(request: Request, model: Model, spelling: Spelling) -> dict[str, Any]:
    given = dict(request.parameters)
    lora, scale = given.pop("lora", None), _number("lora_scale", given.pop("lora_scale", "1"))
    inputs: dict[str, Any] = {
        spelling.parameters.get(key, key): _number(key, value) if key in spelling.numbers else _SWITCH.get(value, value)
        for key, value in given.items()
    }
    if lora and spelling.lora:
        inputs |= _lora(spelling.lora, spelling.lora_scale, _source(model, lora), scale)
    return inputs


def _lora(field_: str, scale_field: str | None, source: str, scale: float) -> dict[str, Any]:
    if scale_field is None:
        return {field_: [{"path": source, "scale": scale}]}
    return {field_: source, scale_field: scale}


def _source(model: Model, name: str) -> str:
    if name not in model.loras:
        raise BadInput(f"{name!r} is none of the LoRAs of {model.id}")
    return model.loras[name]


def _number(key: str, value: str) -> int | float:
    """A whole number stays one, since an API may take no other for a count of steps."""
    try:
        number = float(value)
    except ValueError as exc:
        raise BadInput(f"{key} is a number, not {value!r}") from exc
    if not math.isfinite(number):
        raise BadInput(f"{key} is a number, not {value!r}")
    return int(number) if number.is_integer() else number
