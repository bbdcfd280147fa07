"""Small copies for galleries and lists."""

from io import BytesIO

from PIL import Image

from bot.imaging.colour.conversion import flat
from bot.imaging.resizing import shrunk

LONG_SIDE = 512
_QUALITY = 85


def small(image: Image.Image) -> Image.Image:
    """`image` with its long side at most 512 px and without transparency."""
    return flat(shrunk(image, LONG_SIDE))


def encoded(thumbnail: Image.Image) -> bytes:
    """A small picture as JPEG."""
    out = BytesIO()
    thumbnail.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
