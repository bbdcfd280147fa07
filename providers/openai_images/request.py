"""A request in the words of the Images API: its fields and, with photos, its files.

Servers that speak the same API differ in the name of the photo field, in sizes and in what else they take; that is
data of each model. A field nobody wrote down is not sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from providers.contract.errors import BadInput
from providers.contract.model import Model
from providers.contract.provider import Request

File: TypeAlias = tuple[str, tuple[str, bytes, str]]
"""One part of a form: its field, and name, bytes and type of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPrices:
    """Dollars per million tokens, which is the same as microdollars per token."""

    text: Decimal
    image: Decimal
    output: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAIWire:
    """How a server wants requests to one model."""

    photo: Literal["image", "image[]"] | None = None
    """The field of every photo; None: as OpenAI has it, `image` for one and `image[]` for several."""
    sizes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By our size and aspect, the model's word for both, such as 1024x1536; `size` is not sent for what is absent."""
    seed: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    """The server's fields of parameters that it names otherwise."""
    fixed: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    """What every request says, such as quality."""
    token_prices: TokenPrices | None = None
    """None: a picture costs its list price whatever the answer says about tokens."""


_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


def fields_of(request: Request, model: Model, wire: OpenAIWire) -> dict[str, Any]:
    """The fields of one call; raises BadInput for a parameter the model does not list."""
    if unknown := set(request.parameters) - set(model.capabilities.parameters):
        raise BadInput(f"{model.id} takes no {', '.join(sorted(unknown))}")
    given: dict[str, Any] = {**wire.fixed, "model": model.at_provider, "prompt": request.prompt}
    if size := wire.sizes.get(request.size, {}).get(request.aspect):
        given["size"] = size
    if wire.seed and request.own_seed is not None:
        given[wire.seed] = request.own_seed
    return given | {wire.parameters.get(key, key): value for key, value in request.parameters.items()}


def files_of(request: Request, wire: OpenAIWire) -> list[File]:
    """The photos of one call as parts of a form, numbered from 1 in the order the prompt names them."""
    name = wire.photo or ("image" if len(request.references) == 1 else "image[]")
    return [
        (name, (f"{number}.{_ENDINGS.get(photo.media_type, 'img')}", photo.data, photo.media_type))
        for number, photo in enumerate(request.references, 1)
    ]
