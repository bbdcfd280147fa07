"""Where the faces are, as a soft mask: a look draws finer there, so that people stay themselves."""

from collections.abc import Sequence

import cv2
import numpy as np

from providers.local.looks.arrays import FaceBox, Plane, blur

_MOST = 12
"""In a crowd only the largest faces are drawn finer; the others are smaller than a brush."""


def focus(shape: tuple[int, ...], faces: Sequence[FaceBox]) -> Plane:
    """1 on every face and 0 elsewhere, with a soft edge.

    Without a face the middle of the picture counts, less strongly: that is where a product or its label stands.
    """
    height, width = shape[:2]
    if not faces:
        return _ellipse(shape, (width // 4, height // 4, width // 2, height // 2)) * 0.6
    mask = np.zeros((height, width), np.float32)
    for face in sorted(faces, key=lambda box: box[2] * box[3], reverse=True)[:_MOST]:
        mask = np.maximum(mask, _ellipse(shape, face))
    return mask


def _ellipse(shape: tuple[int, ...], face: FaceBox) -> Plane:
    x, y, width, height = face
    mask = np.zeros(shape[:2], np.float32)
    # Detectors box brow to chin: a little more is taken, and more above than below, for forehead and hairline.
    centre = (round(x + width / 2), round(y + height * 0.47))
    axes = (max(1, round(width * 0.60)), max(1, round(height * 0.62)))
    cv2.ellipse(mask, centre, axes, 0, 0, 360, (1.0,), cv2.FILLED)
    return blur(mask, max(1.0, width / 8))


def fineness(faces: Sequence[FaceBox], share: int, most: int) -> int:
    """The radius up to which faces may be evened out and stay themselves: their width over `share`.

    At least 2 and at most `most`; the narrowest face counts, unless it is a passer-by's behind a large one.
    """
    widest = max((width for _, _, width, _ in faces), default=0)
    narrowest = min((width for _, _, width, _ in faces if width * 3 >= widest), default=0)
    return max(2, min(most, narrowest // share))
