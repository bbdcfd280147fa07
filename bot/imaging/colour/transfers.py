"""How the numbers of a picture mean light: curves from 0…1 as stored to linear light, where 1 is the white of paper.

ITU-T H.273, table 3 (TransferCharacteristics); IEC 61966-2-1 (sRGB); ITU-R BT.2100-2 (PQ and HLG).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.floating[Any]]
Curve: TypeAlias = Callable[[Array], Array]

PAPER_WHITE = 203.0
"""Candela per square metre of white paper in HDR pictures (ITU-R BT.2408, 2.1)."""
_PQ_PEAK = 10_000.0
_PQ = (0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875)
_HLG = (0.17883277, 0.28466892, 0.55991073)
_STEEP = 0.05
"""Light at a tenth of the scale, above which 256 steps would show as bands in the shadows; sRGB has 0.01 there."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """A curve, and whether its light goes beyond the white of paper ("hlg": as the camera saw it, not the screen)."""

    curve: Curve
    hdr: Literal["pq", "hlg"] | None = None

    @property
    def needs_depth(self) -> bool:
        """Whether 8 bits are too few to keep these numbers in."""
        return self.hdr is not None or bool(self.curve(np.array([0.1]))[0] > _STEEP)


def gamma(exponent: float) -> Transfer:
    """A pure power."""
    return Transfer(lambda stored: np.power(stored, np.float32(exponent)))


def table(values: Array) -> Transfer:
    """A curve through equidistant points of 0…1."""
    places = np.linspace(0, 1, len(values))
    return Transfer(lambda stored: np.interp(stored, places, values).astype(np.float32))


def piecewise(exponent: float, scale: float, offset: float, slope: float, limit: float) -> Curve:
    """((x · scale) + offset) ^ exponent from `limit` on, x · slope below (as in ICC.1:2022, 10.18)."""

    def curve(stored: Array) -> Array:
        power = np.power(np.maximum(stored * scale + offset, 0), exponent)
        return np.where(stored >= limit, power, stored * slope).astype(np.float32)

    return curve


def _pq(stored: Array) -> Array:
    """Display light of PQ (BT.2100-2, table 4)."""
    m1, m2, c1, c2, c3 = _PQ
    root = np.power(stored, 1 / m2)
    light = np.power(np.maximum(root - c1, 0) / (c2 - c3 * root), 1 / m1)
    return np.asarray(light * (_PQ_PEAK / PAPER_WHITE), np.float32)


def _hlg(stored: Array) -> Array:
    """Scene light of HLG, 0…1 (BT.2100-2, table 5)."""
    a, b, c = _HLG
    return np.where(stored <= 0.5, stored * stored / 3, (np.exp((stored - c) / a) + b) / 12).astype(np.float32)


def srgb_encoded(light: Array) -> Array:
    """Linear light as sRGB numbers, both 0…1."""
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * np.power(light, 1 / 2.4) - 0.055).astype(np.float32)


LINEAR = Transfer(lambda stored: stored)
SRGB = Transfer(piecewise(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045))
ADOBE_RGB = gamma(563 / 256)
_BT_709 = Transfer(piecewise(1 / 0.45, 1 / 1.099, 0.099 / 1.099, 1 / 4.5, 0.081))

BY_CODE = {
    1: _BT_709,
    4: gamma(2.2),
    5: gamma(2.8),
    6: _BT_709,
    7: Transfer(piecewise(1 / 0.45, 1 / 1.1115, 0.1115 / 1.1115, 1 / 4, 0.0912)),
    8: LINEAR,
    11: _BT_709,
    12: _BT_709,
    13: SRGB,
    14: _BT_709,
    15: _BT_709,
    16: Transfer(_pq, "pq"),
    17: gamma(2.6),
    18: Transfer(_hlg, "hlg"),
}
"""TransferCharacteristics of H.273; 2 is "unspecified", logarithms (9, 10) are of film scanners and not known here."""
