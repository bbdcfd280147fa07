"""A copy of a picture with its number on it, for chats that show several pictures without numbers of their own."""

from io import BytesIO

from bot.imaging.colour.conversion import flat
from bot.imaging.copies.number_badge import badge
from bot.imaging.decoding.reading import GENERATED, read

_SHARE = 6
"""A badge measures this part of the short side: chats show a picture among others a finger's breadth wide."""
_INSET = 24
"""The part of the short side that is left between the badge and the edge."""
_QUALITY = 85


def numbered_photo(data: bytes, longest: int, number: int) -> bytes:
    """The picture as JPEG with its long side at most `longest` px and `number` on it; raises PhotoError.

    The number stands in the upper left corner of the square in the middle, which is what chats cut out of tall and
    wide pictures.
    """
    picture = flat(read(data, longest, GENERATED).image)
    short = min(picture.size)
    left, top = (picture.width - short) // 2 + short // _INSET, (picture.height - short) // 2 + short // _INSET
    drawn = badge(number, max(1, short // _SHARE))
    picture.paste(drawn, (left, top), drawn)
    out = BytesIO()
    picture.info = {}
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
