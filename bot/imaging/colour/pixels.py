"""Decoded pixels before their colours are brought to sRGB."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy.typing as npt
from PIL import Image

from bot.imaging.colour.spaces import RgbSpace


@dataclass(frozen=True, slots=True)
class DeepPixels:
    """Numbers of more than 8 bits: rows x columns, or rows x columns x 3 (RGB) or 4 (with alpha).

    `white` is the number that means 1; floats lie between 0 and 1.
    """

    values: npt.NDArray[Any]
    white: float = 1.0


Pixels: TypeAlias = Image.Image | DeepPixels
"""An 8-bit image (L, LA, RGB, RGBA, CMYK or LAB), or deep pixels."""

Colour: TypeAlias = RgbSpace | bytes | None
"""What colours the numbers are: a named space, an ICC profile, or sRGB where a file says nothing."""
