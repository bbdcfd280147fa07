"""A request for pictures as a plain value, before it is accepted; it may wait in a draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageRequest:
    """One request.

    `photos` are ids of stored one-off photos, `persona` is a persona's id; `model` None leaves the choice to the
    settings and an empty `size` to the model. `parent` is the image that is changed or varied, and `confirmed` says
    that the price was agreed to.
    """

    prompt: str
    command: str = "imagine"
    persona: str | None = None
    photos: tuple[str, ...] = ()
    aspect: str = "auto"
    count: int = 1
    model: str | None = None
    size: str = ""
    seed: int | None = None
    references: bool = True
    private: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)
    parent: str | None = None
    confirmed: bool = False
    template: str | None = None
    quality: str | None = None
