"""Looking at a picture a provider sent."""

from bot.imaging.hashes import phash, sha256
from bot.imaging.reading import DRAWN, read
from bot.imaging.thumbnails import LONG_SIDE, encoded, small
from bot.imaging.values import Drawn


def inspect(data: bytes) -> Drawn:
    """What there is to know of the picture in `data`, which is decoded once; raises PhotoError."""
    reading = read(data, LONG_SIDE, DRAWN)
    thumbnail = small(reading.image)
    return Drawn(
        media_type=reading.media_type,
        width=reading.width,
        height=reading.height,
        sha256=sha256(data),
        phash=phash(thumbnail),
        thumbnail=encoded(thumbnail),
    )
