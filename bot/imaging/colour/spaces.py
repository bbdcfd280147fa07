"""RGB colour spaces, as files name them without an ICC profile."""

from dataclasses import dataclass

import numpy as np

from bot.imaging.colour import primaries, transfers
from bot.imaging.colour.primaries import Matrix, Point, Primaries
from bot.imaging.colour.transfers import Transfer

_UNSPECIFIED = 2
_LIKE_SRGB = 0.05
"""A PNG's gamma this near to 1 / 2.2 (as a part of it) is sRGB's: libpng's PNG_GAMMA_THRESHOLD."""


@dataclass(frozen=True, slots=True)
class RgbSpace:
    """What linear RGB is (a matrix to XYZ under D50), and a transfer for each channel.

    `narrow`: black lies at 16 of 255, and white at 235.
    """

    to_xyz: Matrix
    transfers: tuple[Transfer, Transfer, Transfer]
    narrow: bool = False

    @property
    def needs_depth(self) -> bool:
        """Whether 8 bits are too few to keep these numbers in."""
        return any(transfer.needs_depth for transfer in self.transfers)

    @property
    def hdr(self) -> str | None:
        return self.transfers[0].hdr


def space(of: Primaries, transfer: Transfer, *, narrow: bool = False) -> RgbSpace:
    """Primaries and one transfer for all channels."""
    return RgbSpace(primaries.to_xyz(of), (transfer, transfer, transfer), narrow)


def adobe_rgb() -> RgbSpace:
    """Adobe RGB (1998)."""
    return space(primaries.ADOBE_RGB, transfers.ADOBE_RGB)


def by_code(colours: int, transfer: int, *, narrow: bool = False) -> RgbSpace | None:
    """The space of two code points of H.273 (nclx, cICP); None for sRGB and for what says nothing."""
    known = (colours in primaries.BY_CODE, transfer in transfers.BY_CODE)
    like_srgb = (not known[0] or colours == 1) and (not known[1] or transfer == 13)
    if like_srgb and not narrow:
        return None
    named = primaries.BY_CODE.get(colours, primaries.SRGB)
    return space(named, transfers.BY_CODE.get(transfer, transfers.SRGB), narrow=narrow)


def by_gamma(exponent: float, chromaticities: tuple[Point, Point, Point, Point] | None) -> RgbSpace | None:
    """The space of a PNG's gAMA and cHRM (red, green, blue, white); None for sRGB and for what makes no sense."""
    curve = transfers.SRGB if abs(exponent * 2.2 - 1) <= _LIKE_SRGB else transfers.gamma(1 / exponent)
    if chromaticities is None:
        return None if curve is transfers.SRGB else space(primaries.SRGB, curve)
    try:
        found = space(Primaries(*chromaticities), curve)
    except np.linalg.LinAlgError:
        return None
    return found if np.isfinite(found.to_xyz).all() else None
