"""A file whose header was read, so that limits can be checked before its pixels are."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.imaging.colour.pixels import Colour, Pixels
from bot.imaging.values import Note


@dataclass(frozen=True, slots=True)
class Target:
    """How large the decoded picture shall be, in px on its long side.

    At most `longest`; formats that decode to a part of their size at no cost may stop at `enough`.
    """

    longest: int
    enough: int


@dataclass(frozen=True, slots=True)
class OpenedPicture:
    """What a header says, and how to get the pixels.

    `width` and `height` are those of the stored picture, before `orientation` (EXIF, 1 to 8) turns it. `held` is how
    many pixels decoding keeps in memory at once where that is more, at `pixel_bytes` each; `reduced` says that decoding
    takes less memory than others. Of one that `moves`, the first frame is decoded.
    """

    media_type: str
    width: int
    height: int
    decode: Callable[[Target], Pixels]
    colour: Colour = None
    orientation: int = 1
    notes: tuple[Note, ...] = ()
    held: int = 0
    pixel_bytes: int = 4
    reduced: bool = False
    moves: bool = False
