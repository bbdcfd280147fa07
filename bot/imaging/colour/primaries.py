"""Which colours the three channels of a picture are, as matrices to XYZ under D50, the white of ICC profiles.

Chromaticities: ITU-T H.273, table 2. Adaptation of the white: Bradford (ICC.1:2022, annex E).
"""

from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Matrix: TypeAlias = npt.NDArray[np.floating[Any]]
Point: TypeAlias = tuple[float, float]

_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_D50 = np.array([0.9642, 1.0, 0.8249])
_D65: Point = (0.3127, 0.3290)
_C: Point = (0.310, 0.316)


class Primaries(NamedTuple):
    """CIE xy of the three channels and of white."""

    red: Point
    green: Point
    blue: Point
    white: Point = _D65


SRGB = Primaries((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
P3 = Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
BT_2020 = Primaries((0.708, 0.292), (0.170, 0.797), (0.131, 0.046))
ADOBE_RGB = Primaries((0.64, 0.33), (0.21, 0.71), (0.15, 0.06))

_SMPTE_C = Primaries((0.630, 0.340), (0.310, 0.595), (0.155, 0.070))
BY_CODE = {
    1: SRGB,
    4: Primaries((0.67, 0.33), (0.21, 0.71), (0.14, 0.08), _C),
    5: Primaries((0.64, 0.33), (0.29, 0.60), (0.15, 0.06)),
    6: _SMPTE_C,
    7: _SMPTE_C,
    8: Primaries((0.681, 0.319), (0.243, 0.692), (0.145, 0.049), _C),
    9: BT_2020,
    10: Primaries((1.0, 0.0), (0.0, 1.0), (0.0, 0.0), (1 / 3, 1 / 3)),
    11: Primaries(P3.red, P3.green, P3.blue, (0.314, 0.351)),
    12: P3,
    22: Primaries((0.630, 0.340), (0.295, 0.605), (0.155, 0.077)),
}
"""ColourPrimaries of H.273; 2 is "unspecified"."""


def to_xyz(primaries: Primaries) -> Matrix:
    """Linear RGB to XYZ with the white moved to D50; raises numpy.linalg.LinAlgError for primaries on one line."""
    columns = np.stack([_xyz(point) for point in primaries[:3]], axis=1)
    white = _xyz(primaries.white)
    matrix = columns * np.linalg.solve(columns, white)
    return np.asarray(_adaptation(white) @ matrix)


def to_srgb(to_xyz_d50: Matrix) -> Matrix:
    """Linear RGB, given by its matrix to XYZ, to linear sRGB."""
    return np.asarray(np.linalg.inv(to_xyz(SRGB)) @ to_xyz_d50)


def _xyz(point: Point) -> Matrix:
    x, y = point
    return np.array([x, y, 1 - x - y]) / y if y else np.array([x, 0.0, 1 - x])


def _adaptation(white: Matrix) -> Matrix:
    scale = np.diag((_BRADFORD @ _D50) / (_BRADFORD @ white))
    return np.asarray(np.linalg.inv(_BRADFORD) @ scale @ _BRADFORD)
