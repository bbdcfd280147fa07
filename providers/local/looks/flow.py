"""The direction in which things run through a picture: along hair, folds and outlines.

The directions are the minor eigenvectors of the smoothed structure tensor (Brox et al., 2006); drawing along them
is line integral convolution (Cabral and Leedom, 1993).
"""

from dataclasses import dataclass

import cv2
import numpy as np

from providers.local.looks.arrays import Plane, blur, resize


@dataclass(frozen=True, slots=True)
class Flow:
    """Unit vectors (x, y) along the edges of a picture, one per pixel; a vector and its opposite are the same."""

    x: Plane
    y: Plane


def flow(tone: Plane, sigma: float) -> Flow:
    """The flow of a brightness plane, steady over about `sigma` pixels.

    Plain areas take the direction of what surrounds them, and a slight slant where nothing does.
    """
    height, width = tone.shape
    half = resize(tone, max(2, width // 2), max(2, height // 2))
    gx = np.asarray(cv2.Scharr(half, cv2.CV_32F, 1, 0), np.float32)
    gy = np.asarray(cv2.Scharr(half, cv2.CV_32F, 0, 1), np.float32)
    tensor = np.dstack((gx * gx, gx * gy, gy * gy))
    spread = blur(tensor, sigma / 2) + 0.2 * blur(tensor, sigma * 4)
    xx, xy, yy = (resize(np.ascontiguousarray(spread[..., i]), width, height) for i in range(3))
    # The small constants are a tensor of their own, whose flow runs up to the right like a right-handed stroke.
    slant = 1e-3
    angle = 0.5 * np.arctan2(2 * (xy + slant), xx - yy) + (np.pi / 2)
    return Flow(np.cos(angle), np.sin(angle))


def along(plane: Plane, course: Flow, reach: int, stride: int = 2) -> Plane:
    """The plane averaged along the flow, `reach` pixels to either side in steps of `stride`."""
    height, width = plane.shape[:2]
    rows, columns = np.indices((height, width), dtype=np.float32)
    total = plane.copy()
    count = 1
    for distance in range(stride, reach + 1, stride):
        for sign in (distance, -distance):
            total += sample(plane, columns + course.x * sign, rows + course.y * sign)
            count += 1
    total *= 1 / count
    return total


def sample(plane: Plane, columns: Plane, rows: Plane) -> Plane:
    """The plane read at those places, between pixels where they fall there; mirrored past the border."""
    found = cv2.remap(plane, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(found, np.float32)
