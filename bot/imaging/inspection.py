"""Looking at a picture a provider sent."""

from bot.imaging.copies.thumbnails import LONG_SIDE, encoded, small
from bot.imaging.decoding.reading import GENERATED, read
from bot.imaging.hashes import phash, sha256
from bot.imaging.values import InspectedPicture


def inspect(data: bytes) -> InspectedPicture:
    """What there is to know of the picture in `data`, which is decoded once; raises PhotoError."""
    reading = read(data, LONG_SIDE, GENERATED)
    thumbnail = small(reading.image)
    return InspectedPicture(
        media_type=reading.media_type,
        width=reading.width,
        height=reading.height,
        sha256=sha256(data),
        phash=phash(thumbnail),
        thumbnail=encoded(thumbnail),
    )
