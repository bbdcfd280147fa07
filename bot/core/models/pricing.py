"""What one picture costs with a model: by its size, the photos that are sent along and what is switched on."""

from bot.core.models.choosing import edits_pixels
from bot.core.models.image_request import Wanted
from providers.contract.model import Model
from storage.tables.generations import Generation


def price_of(model: Model, wanted: Wanted, photos: int) -> int:
    """Microdollars for each picture of a request that sends so many photos."""
    own = edits_pixels(wanted.command, wanted.parent, model)
    return model.price(wanted.size, _sent(model, photos + own), wanted.parameters)


def price_again(model: Model, generation: Generation, photos: int) -> int:
    """Microdollars for each picture of an accepted request, today and with this model."""
    own = edits_pixels(generation.command, generation.parent_image, model)
    return model.price(generation.size, _sent(model, photos + own), generation.parameters)


def _sent(model: Model, photos: int) -> int:
    return min(photos, model.capabilities.max_references)
