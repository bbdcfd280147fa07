"""A request that passed every check and may be accepted."""

from dataclasses import dataclass

from bot.core.chat.image_request import ImageRequest
from providers.contract.model import Model
from storage.tables.personas import Persona
from storage.tables.references import ReferencePhoto


@dataclass(frozen=True, slots=True)
class ValidatedRequest:
    """A request with its model, its persona and the photos it keeps to, in order; `child`: one shows a child.

    `price` is in microdollars for each picture.
    """

    request: ImageRequest
    model: Model
    persona: Persona | None
    photos: tuple[ReferencePhoto, ...]
    child: bool
    price: int
    words: str
    """What the model is told in place of the bare words: with the template, and with what was added."""
