"""Exposure and colour: what a painter corrects before the first stroke."""

from collections.abc import Sequence

import numpy as np

from providers.local.looks.arrays import FaceBox, Plane, blur, from_lab, to_lab

_MIDDLE = 0.52
"""The lightness (0 to 1) towards which a very dark or very bright photo is led, half of the way."""
_FACE = (0.34, 0.82)
"""A face that is darker or lighter than this is badly lit, whatever its skin."""


def exposed(photo: Plane, faces: Sequence[FaceBox], colour: float = 1.0) -> Plane:
    """The photo with blacks, whites and mid-tones in place and its colours `colour` times as strong.

    A well exposed photo stays as it is: the correction is bounded, so that night stays night and dark skin dark.
    """
    lab = to_lab(photo)
    light = lab[..., 0] * 0.01
    led = balanced(light, faces)
    # What is lifted out of the dark takes its colour along, or it would look like ashes.
    lift = np.clip((led + 0.1) / (light + 0.1), 0.9, 1.8)
    lab[..., 0] = led * 100
    lab[..., 1:] *= (lift * colour)[..., None]
    return np.clip(from_lab(lab), 0, 1)


def balanced(light: Plane, faces: Sequence[FaceBox]) -> Plane:
    """The same for a brightness alone."""
    low, high = (float(share) for share in np.percentile(light[::3, ::3], (1, 99)))
    low, high = min(low, 0.22), max(high, 0.72)
    scaled = np.clip((light - low) / (high - low), 0, 1)
    return np.asarray(np.power(scaled, _gamma(scaled, faces)) * 0.97 + 0.02, np.float32)


def _gamma(light: Plane, faces: Sequence[FaceBox]) -> float:
    """The exponent that leads the mid-tones home, the faces' before the picture's."""
    middle = _median(light[::3, ::3])
    gamma = min(max(_exponent(middle, (middle + _MIDDLE) / 2), 0.7), 1.3)
    skin = face_tones(light, faces)
    if skin.size == 0:
        return gamma
    face = _median(skin) ** gamma
    return gamma * min(max(_exponent(face, min(max(face, _FACE[0]), _FACE[1])), 0.6), 1.4)


def modelled(tone: Plane) -> Plane:
    """The brightness with its local contrast raised: forms come forward, plain light areas stay plain."""
    return np.clip(tone + 0.35 * (tone - blur(tone, 24)), 0, 1)


def face_tones(plane: Plane, faces: Sequence[FaceBox]) -> Plane:
    """The values within the middle of all face boxes, in one row."""
    insides = [
        plane[max(0, y + h // 6) : y + h * 5 // 6, max(0, x + w // 6) : x + w * 5 // 6].ravel() for x, y, w, h in faces
    ]
    return np.concatenate(insides) if insides else np.empty(0, np.float32)


def _median(values: Plane) -> float:
    return min(max(float(np.median(values)), 0.02), 0.98)


def _exponent(now: float, wanted: float) -> float:
    return float(np.log(wanted) / np.log(now))
