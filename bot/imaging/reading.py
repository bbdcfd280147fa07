"""From bytes nobody vouches for to upright sRGB pixels, within limits checked before anything is decoded."""

import math
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import ExifTags, Image
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.TiffImagePlugin import TILELENGTH, TILEWIDTH, TiffImageFile

from bot.imaging.colours import eight_bit, srgb
from bot.imaging.formats import recognised
from bot.imaging.sizes import fitted, shrunk
from bot.imaging.values import Note, PhotoError

_MEGABYTE = 1024 * 1024
_MEGAPIXEL = 1_000_000

_BROKEN = (
    OSError,
    SyntaxError,  # how Pillow's readers say "not understood"
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    ArithmeticError,
    MemoryError,
    RuntimeError,
    struct.error,
    zlib.error,
    Warning,  # where warnings are errors
)

# EXIF orientation (TIFF 6.0, tag 274) and what makes the picture upright again.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a file may weigh (2^20 bytes) and hold (10^6 pixels)."""

    megabytes: int
    megapixels: int
    moving: bool = False
    """Whether a picture that moves is taken, by its first frame."""


UPLOADED = Limits(megabytes=20, megapixels=40)
DRAWN = Limits(megabytes=80, megapixels=80, moving=True)
"""Providers' pictures: a 4K PNG alone may weigh more than an upload may, and one that moves was paid for, too."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A decoded picture: RGB (or RGBA, if really transparent) pixels and what its file was.

    `width` and `height` are the whole picture's, upright, in px; `image` may be smaller.
    """

    image: Image.Image
    media_type: str
    width: int
    height: int
    notes: tuple[Note, ...]


def read(data: bytes, longest: int, limits: Limits = UPLOADED, *, enough: int | None = None) -> Reading:
    """Decode `data` to at most `longest` px on the long side; raises PhotoError.

    A large JPEG is decoded to a part of its size at once where that leaves at least `enough` px (default: `longest`).
    """
    if not data:
        raise PhotoError("empty")
    if len(data) > limits.megabytes * _MEGABYTE:
        megabytes = math.ceil(len(data) / _MEGABYTE)
        raise PhotoError("too_heavy", {"megabytes": megabytes, "limit": limits.megabytes})
    format_ = recognised(data)
    if format_ is None:
        raise PhotoError("not_a_photo")
    with _translated(limits):
        image = format_.reader(BytesIO(data))
        _check_pixels(_pixels(image), limits)
        if format_.moving and not limits.moving and getattr(image, "is_animated", False):
            raise PhotoError("animated")
        return _decoded(image, format_.media_type, longest, enough or longest)


@contextmanager
def _translated(limits: Limits) -> Iterator[None]:
    """The one place where what Pillow raises becomes a PhotoError."""
    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as exc:
        # Only a picture that grows while it is read gets here; Pillow keeps its size to itself.
        least = (Image.MAX_IMAGE_PIXELS or 0) // _MEGAPIXEL
        raise PhotoError("too_many_pixels", {"megapixels": least, "limit": limits.megapixels}) from exc
    except _BROKEN as exc:
        raise PhotoError("truncated") from exc


def _pixels(image: ImageFile) -> int:
    """How many pixels decoding would hold; a TIFF is decoded by tiles, which may be larger than the picture."""
    pixels = image.width * image.height
    if isinstance(image, TiffImageFile):
        pixels = max(pixels, int(image.tag_v2.get(TILEWIDTH, 0)) * int(image.tag_v2.get(TILELENGTH, 0)))
    return pixels


def _check_pixels(pixels: int, limits: Limits) -> None:
    if pixels > limits.megapixels * _MEGAPIXEL:
        megapixels = math.ceil(pixels / _MEGAPIXEL)
        raise PhotoError("too_many_pixels", {"megapixels": megapixels, "limit": limits.megapixels})


def _decoded(image: ImageFile, media_type: str, longest: int, enough: int) -> Reading:
    notes = tuple(_notes(image))  # the tiles that tell the depth are gone after loading
    width, height = image.size
    if isinstance(image, JpegImageFile):
        # Decodes at a half, a quarter or an eighth. Must ask for the final size: Pillow's thumbnail()
        # asks for twice as much and decodes up to four times the pixels.
        image.draft(None, fitted(image.size, enough if max(image.size) > longest else longest))
    image.load()
    orientation = _orientation(image)
    pixels = shrunk(eight_bit(image), longest)
    turn = _TURNS.get(orientation)
    if turn is not None:  # one of them is 0
        pixels = pixels.transpose(turn)
    if orientation in _SIDEWAYS:
        width, height = height, width
    return Reading(srgb(pixels, image.info.get("icc_profile")), media_type, width, height, notes)


def _notes(image: ImageFile) -> Iterator[Note]:
    if image.mode == "CMYK":
        yield "cmyk-converted"
    stored = " ".join(str(tile.args) for tile in image.tile)
    if image.info.get("bit_depth", 8) > 8 or ";16" in stored or image.mode in ("I", "F"):
        yield "depth-reduced"


def _orientation(image: ImageFile) -> int:
    """The EXIF orientation; 1 (upright) where there is none or it cannot be read."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except _BROKEN:
        return 1
