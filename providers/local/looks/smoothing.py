"""Making a photo plain without making it soft: areas become even, outlines stay where they are."""

import cv2
import numpy as np

from providers.local.looks.arrays import Plane, blur, luma

_OFFSETS = ((-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1))


def daub(colours: Plane, radius: int) -> Plane:
    """Every pixel as the mean of the evenest of eight windows around it, `radius` pixels away.

    The generalised Kuwahara filter (Papari et al., 2007): windows are weighted by how even they are, so that the
    choice never flips from one pixel to the next. Takes colours or a single plane.
    """
    sigma = radius / 2
    means = blur(colours, sigma)
    tone = luma(colours) if colours.ndim == 3 else colours
    unrest = blur(tone * tone, sigma) - blur(tone, sigma) ** 2
    weights = 1 / (2e-4 + np.maximum(unrest, 0)) ** 2
    weighted = means * (weights[..., None] if colours.ndim == 3 else weights)
    total, share = np.zeros_like(colours), np.zeros_like(tone)
    for dx, dy in _OFFSETS:
        reach = radius if 0 in (dx, dy) else round(radius * 0.7)
        total += shifted(weighted, dx * reach, dy * reach)
        share += shifted(weights, dx * reach, dy * reach)
    return np.asarray(total / (share[..., None] if colours.ndim == 3 else share), np.float32)


def shifted(plane: Plane, dx: int, dy: int) -> Plane:
    """The plane moved by whole pixels, its border mirrored."""
    height, width = plane.shape[:2]
    pad = max(abs(dx), abs(dy))
    wide = cv2.copyMakeBorder(plane, pad, pad, pad, pad, cv2.BORDER_REFLECT)
    return np.asarray(wide[pad - dy : pad - dy + height, pad - dx : pad - dx + width], np.float32)
