"""Numbers that mean one skin colour in many colour spaces, reckoned from the standards and not by our code.

IEC 61966-2-1, SMPTE RP 431-2, ITU-R BT.2020 and BT.2100, Adobe RGB (1998).
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]
Point: TypeAlias = tuple[float, float]
Space: TypeAlias = tuple[Point, Point, Point, Point]
"""xy of red, green, blue and white."""
Encode: TypeAlias = Callable[[Array], Array]
Colour: TypeAlias = tuple[int, int, int]

SKIN: Colour = (224, 172, 140)
SHADE: Colour = (24, 20, 30)

D65: Point = (0.3127, 0.3290)
SRGB: Space = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06), D65)
P3: Space = ((0.68, 0.32), (0.265, 0.69), (0.15, 0.06), D65)
DCI: Space = (*P3[:3], (0.314, 0.351))
BT_2020: Space = ((0.708, 0.292), (0.17, 0.797), (0.131, 0.046), D65)
ADOBE: Space = ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06), D65)
PROPHOTO: Space = ((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001), (0.3457, 0.3585))
D50 = np.array([0.9642, 1.0, 0.8249])


def xyz(point: Point) -> Array:
    return np.array([point[0] / point[1], 1, (1 - point[0] - point[1]) / point[1]])


def matrix(space: Space) -> Array:
    """Linear RGB to XYZ."""
    columns = np.stack([xyz(point) for point in space[:3]], axis=1)
    return columns * np.linalg.solve(columns, xyz(space[3]))


def adapted(space: Space, white: Array = D50) -> Array:
    """Linear RGB to XYZ, with the white moved by Bradford's method."""
    cones = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
    scale = np.diag((cones @ white) / (cones @ xyz(space[3])))
    return np.linalg.inv(cones) @ scale @ cones @ matrix(space)


def srgb_light(numbers: Array) -> Array:
    return np.where(numbers <= 0.04045, numbers / 12.92, ((numbers + 0.055) / 1.055) ** 2.4)


def srgb(light: Array) -> Array:
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def linear(light: Array) -> Array:
    return light


def power(exponent: float) -> Encode:
    return lambda light: np.clip(light, 0, None) ** (1 / exponent)


def bt_709(light: Array) -> Array:
    return np.where(light < 0.018, light * 4.5, 1.099 * light**0.45 - 0.099)


def pq(light: Array) -> Array:
    """Light of which 1 is paper, at 203 candela per square metre."""
    share = (light * 203 / 10_000) ** 0.1593017578125
    return ((0.8359375 + 18.8515625 * share) / (1 + 18.6875 * share)) ** 78.84375


def hlg(light: Array) -> Array:
    """The same, as a camera's light before the reference screen's gamma of 1.2 (at 1,000 candela per square metre)."""
    screen = np.maximum(light * 0.203, 1e-9)
    luminance = screen @ np.array([0.2627, 0.6780, 0.0593])
    scene = screen * (luminance ** (1 / 1.2 - 1))[..., np.newaxis]
    return np.where(scene <= 1 / 12, np.sqrt(3 * scene), 0.17883277 * np.log(12 * scene - 0.28466892) + 0.55991073)


def numbers(space: Space, encode: Encode = srgb, colour: Colour = SKIN) -> Array:
    """An sRGB colour as the numbers 0…1 of another space."""
    light = srgb_light(np.array(colour) / 255)
    there = np.linalg.inv(adapted(space)) @ adapted(SRGB) @ light
    return np.clip(encode(np.clip(there, 0, None)), 0, 1)
