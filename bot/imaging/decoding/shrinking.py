"""Decoded pixels made 8 bits deep where that loses nothing, and small enough."""

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image
from PIL.ImageFile import ImageFile

from bot.imaging.colour.pixels import DeepPixels, Pixels
from bot.imaging.resizing import fitted, shrunk

_READY = ("L", "LA", "RGB", "RGBA", "CMYK", "LAB")
_SIXTEEN, _TWELVE = 65535, 4095
_LEAST, _MOST = -0.25, 4.0
"""Numbers beyond these are no fractions; light that is brighter than white, and ringing at edges, lies within."""


def small_image(image: ImageFile, longest: int) -> Pixels:
    """A loaded image, its long side at most `longest` px."""
    stored = " ".join(str(tile.args) for tile in image.tile)
    image.load()
    if image.mode.startswith("I;16"):
        return small_array(np.asarray(image), _TWELVE if "I;12" in stored else _SIXTEEN, longest)
    if image.mode in ("I", "F"):
        return small_array(np.asarray(image), None, longest)
    return shrunk(_ready(image), longest)


def small_array(values: npt.NDArray[Any], white: float | None, longest: int, *, bgr: bool = False) -> Pixels:
    """Rows x columns (x channels), the long side at most `longest` px.

    `white` is the number that means 1, or None where the numbers themselves must tell; `bgr` is OpenCV's order.
    """
    width, height = fitted((values.shape[1], values.shape[0]), longest)
    if values.dtype not in (np.uint8, np.uint16, np.float32):
        values = values.astype(np.float32)
    if (height, width) != values.shape[:2]:
        values = cv2.resize(values, (width, height), interpolation=cv2.INTER_AREA)
    if bgr and values.ndim == 3:
        values = cv2.cvtColor(values, cv2.COLOR_BGRA2RGBA if values.shape[2] == 4 else cv2.COLOR_BGR2RGB)
    if values.dtype == np.uint8:
        return Image.fromarray(values)
    return DeepPixels(values, white) if white else _ranged(values)


def _ready(image: Image.Image) -> Image.Image:
    """An image that can be resized without loss of colours or transparency."""
    if image.mode == "1":
        return image.convert("L")
    if image.mode in _READY and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _ranged(values: npt.NDArray[np.float32]) -> DeepPixels:
    """Numbers whose range no file tells: fractions as they are, others from the smallest to the largest."""
    values = np.nan_to_num(values, posinf=0, neginf=0)
    low, high = float(values.min()), float(values.max())
    if low < _LEAST or high > _MOST:
        values = (values - low) / (high - low)
    return DeepPixels(values.clip(0, 1))
