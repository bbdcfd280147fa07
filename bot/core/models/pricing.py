"""The price of one picture: by model, size, number of photos and priced switches."""

from bot.core.chat.image_request import ImageRequest
from bot.core.models.choosing import edits_pixels
from providers.contract.model import Model
from storage.tables.generations import Generation


def price_of(model: Model, request: ImageRequest, photos: int) -> int:
    """Microdollars per picture of a request with so many photos."""
    own = edits_pixels(request.command, request.parent, model)
    return model.price(request.size, _sent(model, photos + own), request.parameters)


def price_again(model: Model, generation: Generation, photos: int) -> int:
    """Microdollars per picture of an accepted request at today's price of a model."""
    own = edits_pixels(generation.command, generation.parent_image, model)
    return model.price(generation.size, _sent(model, photos + own), generation.parameters)


def _sent(model: Model, photos: int) -> int:
    return min(photos, model.capabilities.max_references)
