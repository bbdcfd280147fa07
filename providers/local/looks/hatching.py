"""Pencil strokes laid side by side: the texture with which a drawing is shaded."""

import cv2
import numpy as np
from numpy.random import Generator

from providers.local.looks.arrays import Plane, resize
from providers.local.looks.noise import clouds

_SQUEEZED = 8
"""Strokes are long, so they are made this much shorter and stretched."""


def hatching(shape: tuple[int, ...], degrees: float, length: float, rng: Generator) -> Plane:
    """Straight strokes of about `length` pixels rising at that angle, as depth with mean 0 and deviation about 1.

    The hand's pressure changes slowly over the sheet.
    """
    height, width = shape[:2]
    side = int(np.hypot(height, width)) + 2
    noise = rng.standard_normal((side, side // _SQUEEZED), dtype=np.float32)
    short = cv2.GaussianBlur(noise, (0, 0), sigmaX=length / 4 / _SQUEEZED, sigmaY=0.8)
    strokes = resize(np.asarray(short / short.std(), np.float32), side, side)
    turn = cv2.getRotationMatrix2D((side / 2, side / 2), degrees, 1.0)
    turn[0, 2] -= (side - width) / 2
    turn[1, 2] -= (side - height) / 2
    laid = np.asarray(cv2.warpAffine(strokes, turn, (width, height)), np.float32)
    return laid + clouds(shape, 60, rng) * 0.3
