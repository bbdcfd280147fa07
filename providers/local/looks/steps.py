"""Cutting a range of tones into a few flat ones, at places that suit the picture."""

from collections.abc import Sequence

import numpy as np

from providers.local.looks.arrays import FaceBox, Plane, above
from providers.local.looks.tone import face_tones

_APART = 0.05
"""Cuts nearer to one another than this would only make noise."""


def cuts(tone: Plane, faces: Sequence[FaceBox], shares: Sequence[float]) -> list[float]:
    """The tones below which those shares (0 to 1, rising) of the faces lie, kept apart and off black and white.

    So most of a face is one flat tone with its shadow and its light, however it is lit.
    """
    measured = face_tones(tone, faces)
    found: list[float] = []
    for share in shares:
        at = float(np.quantile(measured, share)) if measured.size else share
        found.append(min(max(at, found[-1] + _APART if found else 0.08), 0.94))
    return found


def stepped(tone: Plane, at: Sequence[float], levels: Sequence[float]) -> Plane:
    """The tone as one of `levels`, one more than there are cuts, with clean edges between them."""
    flat = np.full(tone.shape, levels[0], np.float32)
    for cut, low, high in zip(at, levels[:-1], levels[1:], strict=True):
        flat += above(tone, cut) * (high - low)
    return flat
