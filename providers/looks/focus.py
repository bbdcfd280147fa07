"""Where the faces are, as a soft mask: a look draws finer there, so that people stay themselves."""

from collections.abc import Sequence

import cv2
import numpy as np

from providers.looks.arrays import FaceBox, Plane, blur


def focus(shape: tuple[int, ...], faces: Sequence[FaceBox]) -> Plane:
    """1 on every face, 0 elsewhere, fading over a sixth of the face's width; 0 everywhere without faces."""
    mask = np.zeros(shape[:2], np.float32)
    for face in faces:
        mask = np.maximum(mask, _ellipse(shape, face))
    return mask


def _ellipse(shape: tuple[int, ...], face: FaceBox) -> Plane:
    x, y, width, height = face
    mask = np.zeros(shape[:2], np.float32)
    # Detectors box brow to chin: a little more is taken, and more above than below, for forehead and hairline.
    centre = (round(x + width / 2), round(y + height * 0.47))
    axes = (max(1, round(width * 0.60)), max(1, round(height * 0.62)))
    cv2.ellipse(mask, centre, axes, 0, 0, 360, 1.0, cv2.FILLED)
    return blur(mask, max(1.0, width / 8))


def face_width(faces: Sequence[FaceBox], otherwise: int) -> int:
    """The width of the narrowest face that counts (at least a third of the widest), for sizing detail."""
    if not faces:
        return otherwise
    widest = max(face[2] for face in faces)
    return min(face[2] for face in faces if face[2] * 3 >= widest)
