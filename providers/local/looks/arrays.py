"""Pictures as numpy arrays, and the few OpenCV steps every look takes.

A `Picture` is 8-bit BGR; a `Plane` is float32, one value (or one BGR colour, 0 to 1) per pixel. OpenCV's own
types promise neither depth nor shape, so every call that looks share is made here, once.
"""

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Picture: TypeAlias = NDArray[np.uint8]
Plane: TypeAlias = NDArray[np.float32]
FaceBox: TypeAlias = tuple[int, int, int, int]
"""x, y, width, height in pixels."""

_WIDEST = 4.0
"""Above this sigma a blur is done on a smaller copy: nobody sees the difference, and it costs a tenth."""


def unit(picture: Picture) -> Plane:
    """The picture with colours from 0 to 1."""
    return picture.astype(np.float32) * (1 / 255)


def byte(plane: Plane) -> Picture:
    """Colours from 0 to 1 as bytes; what lies outside is cut off."""
    scaled = np.clip(plane * 255 + 0.5, 0, 255)
    return np.asarray(scaled, np.uint8)


def luma(colours: Plane) -> Plane:
    """The brightness of BGR colours."""
    return np.asarray(cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY), np.float32)


def to_lab(colours: Plane) -> Plane:
    """BGR as CIE L*a*b* (0..100, about -127..127)."""
    return np.asarray(cv2.cvtColor(colours, cv2.COLOR_BGR2LAB), np.float32)


def from_lab(lab: Plane) -> Plane:
    """CIE L*a*b* as BGR."""
    return np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2BGR), np.float32)


def resize(plane: Plane, width: int, height: int) -> Plane:
    """The plane at another size: averaged when it shrinks, cubic when it grows."""
    shrinks = width < plane.shape[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(plane, (width, height), interpolation=how), np.float32)


def blur(plane: Plane, sigma: float) -> Plane:
    """The plane under a Gaussian of `sigma` pixels."""
    if sigma <= _WIDEST:
        return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma), np.float32)
    height, width = plane.shape[:2]
    factor = sigma / 2
    small = resize(plane, max(2, round(width / factor)), max(2, round(height / factor)))
    return resize(blur(small, 2.0), width, height)


def step(plane: Plane, low: float, high: float) -> Plane:
    """0 below `low`, 1 above `high`, and a smooth curve between."""
    t = np.clip((plane - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def rest(plane: Plane) -> Plane:
    """What each value leaves of 1."""
    return np.subtract(1, plane, dtype=np.float32)


def mix(under: Plane, over: Plane, share: Plane | float) -> Plane:
    """`over` laid on `under` where `share` (0 to 1, one value per pixel or one for all) says so."""
    weight = np.asarray(share, np.float32)
    if weight.ndim == 2 and under.ndim == 3:
        weight = weight[..., None]
    return np.asarray(under + (over - under) * weight, np.float32)


def above(plane: Plane, cut: float) -> Plane:
    """1 where the plane is above `cut`, 0 below, and an edge one pixel wide, however gently the plane slopes."""
    slope_x = np.asarray(cv2.Sobel(plane, cv2.CV_32F, 1, 0, ksize=3, scale=0.125), np.float32)
    slope_y = np.asarray(cv2.Sobel(plane, cv2.CV_32F, 0, 1, ksize=3, scale=0.125), np.float32)
    slope = np.maximum(np.asarray(cv2.magnitude(slope_x, slope_y), np.float32), 2e-4)
    return np.clip((plane - cut) / slope + 0.5, 0, 1)
