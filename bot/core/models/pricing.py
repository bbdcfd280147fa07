"""The price of one picture: by model, size, number of photos and priced switches."""

from bot.core.models.choosing import edits_pixels
from bot.core.models.image_request import ImageRequest
from providers.contract.model import Model
from storage.tables.generations import Generation


def price_of(model: Model, wanted: ImageRequest, photos: int) -> int:
    """Microdollars per picture of a request with so many photos."""
    own = edits_pixels(wanted.command, wanted.parent, model)
    return model.price(wanted.size, _sent(model, photos + own), wanted.parameters)


def price_again(model: Model, generation: Generation, photos: int) -> int:
    """Microdollars per picture of an accepted request at today's price of a model."""
    own = edits_pixels(generation.command, generation.parent_image, model)
    return model.price(generation.size, _sent(model, photos + own), generation.parameters)


def _sent(model: Model, photos: int) -> int:
    return min(photos, model.capabilities.max_references)
