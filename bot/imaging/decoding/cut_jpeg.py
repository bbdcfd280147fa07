"""Telling a JPEG that lacks its last bytes from one that lacks a part of its picture."""

from collections.abc import Callable

import numpy as np
from PIL import Image

from bot.imaging.containers.jpeg_segments import END
from bot.imaging.values import PhotoError

_OTHER_END = np.random.default_rng(0).integers(0, 255, 8192, np.uint8).tobytes()
"""Coded data that belongs to no picture; 255 would begin a marker."""
_MISSING = 0.02
"""The part of the rows that may be missing."""
_BLOCK = 16
"""Rows of the largest block JPEG codes together: so many may be missing of any picture."""


def completed(data: bytes, full_height: int, decode: Callable[[bytes], Image.Image]) -> Image.Image:
    """The picture in a JPEG without its end; raises PhotoError if too much of it is missing.

    The file is decoded with two different endings. Rows that come out differently are made of the endings.
    """
    body = data.rstrip(b"\0").removesuffix(END)  # what was never written is zero on many disks
    one, other = decode(body + END), decode(body + _OTHER_END + END)
    differs = np.any(np.asarray(one) != np.asarray(other), axis=tuple(range(1, np.asarray(one).ndim)))
    missing = one.height - int(np.argmax(differs)) if differs.any() else 0
    scale = full_height / one.height
    if missing * scale > max(_BLOCK + 2 * scale, full_height * _MISSING):
        raise PhotoError("truncated")
    return one


def looks_cut(image: Image.Image) -> bool:
    """Whether the last row is the grey that libjpeg fills missing blocks with."""
    last = image.crop((0, image.height - 1, image.width, image.height))
    return last.getextrema() in ((128, 128), ((128, 128),) * 3)
