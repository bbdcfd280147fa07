"""From the numbers of an RGB space through linear light to 8-bit sRGB, with HDR brought to what screens show."""

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from bot.imaging.colour.primaries import to_srgb
from bot.imaging.colour.spaces import RgbSpace
from bot.imaging.colour.tone_mapping import hlg_display_light, tone_mapped
from bot.imaging.colour.transfers import Array, Transfer, srgb_encoded

_BAND = 256
"""Rows worked on at once, so that the numbers in between stay small."""
_FINE = 65535
_BLACK, _RANGE = 16 / 255, 219 / 255
"""Narrow range: black and the distance to white (ITU-R BT.709, 4.6)."""


def rendered(values: npt.NDArray[Any], white: float, space: RgbSpace) -> npt.NDArray[np.uint8]:
    """8-bit sRGB of rows x columns x 3 numbers, unsigned integers or floats, of which `white` means 1."""
    light = np.empty(values.shape, np.float32)
    matrix = to_srgb(space.to_xyz)
    whole = np.issubdtype(values.dtype, np.integer)
    tables = [_table(transfer, round(white), space) for transfer in space.transfers] if whole else []
    for rows in _bands(values.shape[0]):
        stored = values[rows]
        decoded = _looked_up(stored, tables) if tables else _computed(stored, white, space)
        if space.hdr == "hlg":
            decoded = hlg_display_light(decoded)
        light[rows] = cv2.transform(decoded, matrix)
    return _encoded(light, hdr=space.hdr is not None)


def _bands(height: int) -> Iterator[slice]:
    return (slice(top, top + _BAND) for top in range(0, height, _BAND))


def _table(transfer: Transfer, white: int, space: RgbSpace) -> Array:
    """The light of every number from 0 to `white`."""
    return np.asarray(transfer.curve(_fractions(np.linspace(0, 1, white + 1), space)), np.float32)


def _looked_up(stored: npt.NDArray[Any], tables: list[Array]) -> Array:
    return np.stack([np.take(table, stored[..., n], mode="clip") for n, table in enumerate(tables)], axis=-1)


def _computed(stored: npt.NDArray[Any], white: float, space: RgbSpace) -> Array:
    fractions = _fractions(np.clip(stored / np.float32(white), 0, 1), space)
    return np.stack([transfer.curve(fractions[..., n]) for n, transfer in enumerate(space.transfers)], axis=-1)


def _fractions(stored: npt.NDArray[Any], space: RgbSpace) -> npt.NDArray[Any]:
    return np.clip((stored - _BLACK) / _RANGE, 0, 1) if space.narrow else stored


def _encoded(light: Array, *, hdr: bool) -> npt.NDArray[np.uint8]:
    """Linear sRGB as 8-bit numbers; what the screen cannot show is cut off, and HDR rolled off first."""
    peak = float(light.max()) if hdr else 1.0
    table = (srgb_encoded(np.linspace(0, 1, _FINE + 1, dtype=np.float32)) * 255).round().astype(np.uint8)
    encoded = np.empty(light.shape, np.uint8)
    for rows in _bands(light.shape[0]):
        shown = tone_mapped(light[rows], peak) if peak > 1 else light[rows]
        encoded[rows] = np.take(table, (np.clip(shown, 0, 1) * _FINE).round().astype(np.uint16))
    return encoded
