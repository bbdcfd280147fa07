"""GIF and BMP."""

import struct
from io import BytesIO

from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile

from bot.imaging.colour.pixels import Pixels
from bot.imaging.containers.gif_blocks import blocks, head_length
from bot.imaging.decoding import opencv
from bot.imaging.decoding.opened import OpenedPicture, Target
from bot.imaging.decoding.shrinking import small_array, small_image

_MISSING = 0.02
"""The part of a BMP that may be missing at its end."""
_VERSION_5 = 124
_RUN_LENGTHS = (1, 2)


def open_gif(data: bytes) -> OpenedPicture:
    """Read the header of a GIF; raises ValueError, IndexError, and what Pillow raises."""
    found = list(blocks(data))
    # Pillow joins comments one by one, which takes seconds where they are many.
    kept = [data[block.start : block.end] for block in found if block.makes_pixels]
    image = GifImageFile(BytesIO(b"".join((data[: head_length(data)], *kept, b";"))))
    moves = sum(block.picture for block in found) > 1
    return OpenedPicture("image/gif", *image.size, lambda target: small_image(image, target.longest), moves=moves)


def open_bmp(data: bytes) -> OpenedPicture:
    """Read the header of a BMP; raises struct.error and what Pillow raises."""
    width, height = BmpImageFile(BytesIO(data)).size
    header, compression = struct.unpack_from("<I12xI", data, 14)

    def decode(target: Target) -> Pixels:
        if header >= 40 and compression in _RUN_LENGTHS:  # Pillow decodes these in Python
            return small_array(opencv.decoded(data), None, target.longest, bgr=True)
        try:
            return small_image(BmpImageFile(BytesIO(data)), target.longest)
        except OSError:
            filled = data + bytes(int(len(data) * _MISSING))
            return small_image(BmpImageFile(BytesIO(filled)), target.longest)

    return OpenedPicture("image/bmp", width, height, decode, _profile(data, header))


def _profile(data: bytes, header: int) -> bytes | None:
    """The ICC profile that a header of version 5 points at (Windows GDI, BITMAPV5HEADER)."""
    if header < _VERSION_5 or data[14 + 56 : 14 + 60] != b"DEBM":  # "MBED", little-endian: embedded
        return None
    start, size = struct.unpack_from("<II", data, 14 + 112)
    return data[14 + start : 14 + start + size]
