"""From bytes nobody vouches for to upright sRGB pixels, within limits checked before anything is decoded."""

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import cv2
from PIL import Image

from bot.imaging.colour.conversion import is_hdr, srgb
from bot.imaging.containers.signatures import MediaType, recognised
from bot.imaging.decoding.avif import open_avif
from bot.imaging.decoding.heic import open_heic
from bot.imaging.decoding.jpeg import open_jpeg
from bot.imaging.decoding.limits import GENERATED, UPLOADED, Limits, check_header, check_weight
from bot.imaging.decoding.opened import OpenedPicture, Target
from bot.imaging.decoding.pillow_files import open_bmp, open_gif
from bot.imaging.decoding.png import open_png
from bot.imaging.decoding.raw import open_raw
from bot.imaging.decoding.tiff import open_tiff
from bot.imaging.decoding.webp import open_webp
from bot.imaging.values import Note, PhotoError

__all__ = ["GENERATED", "UPLOADED", "Limits", "Reading", "is_large", "read"]

_OPENERS: Mapping[MediaType, Callable[[bytes], OpenedPicture]] = {
    "image/jpeg": open_jpeg,
    "image/png": open_png,
    "image/webp": open_webp,
    "image/gif": open_gif,
    "image/avif": open_avif,
    "image/heic": open_heic,
    "image/tiff": open_tiff,
    "image/bmp": open_bmp,
    "image/x-raw": open_raw,
}
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
    cv2.error,
)
_LARGE = 16_000_000
"""Pixels from which a picture is decoded alone."""

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
class Reading:
    """A decoded picture: RGB (or RGBA, if really transparent) pixels without metadata, and what its file was.

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
    check_weight(data, limits)
    with _translated(limits):
        picture = _opened(data)
        check_header(picture, limits)
        return _decoded(picture, Target(longest, enough or longest))


def is_large(data: bytes) -> bool:
    """Whether decoding a file takes so much memory that it should be the only one; False for what is no picture."""
    try:
        with _translated(UPLOADED):
            picture = _opened(data)
    except PhotoError:
        return False
    return picture.width * picture.height > _LARGE


def _opened(data: bytes) -> OpenedPicture:
    media_type = recognised(data)
    if media_type is None:
        raise PhotoError("not_a_photo")
    return _OPENERS[media_type](data)


@contextmanager
def _translated(limits: Limits) -> Iterator[None]:
    """The one place where what decoders raise becomes a PhotoError."""
    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as exc:
        # Only a picture that grows while it is read gets here; Pillow keeps its size to itself.
        least = (Image.MAX_IMAGE_PIXELS or 0) // 1_000_000
        raise PhotoError("too_many_pixels", {"megapixels": least, "limit": limits.megapixels}) from exc
    except _BROKEN as exc:
        raise PhotoError("truncated") from exc


def _decoded(picture: OpenedPicture, target: Target) -> Reading:
    image = srgb(picture.decode(target), picture.colour)
    turn = _TURNS.get(picture.orientation)
    if turn is not None:  # one of them is 0
        image = image.transpose(turn)
    width, height = picture.width, picture.height
    if picture.orientation in _SIDEWAYS:
        width, height = height, width
    image.info = {}  # comments would be written into copies
    hdr: tuple[Note, ...] = ("hdr-reduced",) if is_hdr(picture.colour) else ()
    notes = picture.notes if not hdr else tuple(note for note in picture.notes if note != "depth-reduced")
    return Reading(image, picture.media_type, width, height, notes + hdr)
