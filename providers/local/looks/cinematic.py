"""Cinematic: a graded film still: teal shadows, warm lights, glowing highlights, a vignette and fine grain."""

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator

from providers.local.looks.arrays import (
    FaceBox,
    Picture,
    Plane,
    blur,
    byte,
    from_lab,
    luma,
    mix,
    rest,
    step,
    to_lab,
    unit,
)
from providers.local.looks.focus import focus
from providers.local.looks.noise import grain
from providers.local.looks.tone import exposed

_TEAL = np.array((-17.0, -17.0), np.float32)
_ORANGE = np.array((6.0, 13.0), np.float32)
"""What shadows and lights are tinted with, as a* and b* of CIE Lab."""
_GLOW = np.array((0.16, 0.38, 1.0), np.float32)
"""BGR of the light that film base scatters back into the emulsion."""


def draw(picture: Picture, faces: Sequence[FaceBox], rng: Generator) -> Picture:
    """The photo graded like a film still; the generator draws the grain and warms or cools the grade."""
    face = focus(picture.shape, faces)
    photo = _shallow(exposed(unit(picture), faces), face, faces)
    graded = _graded(photo, face, float(rng.normal(1, 0.12)))
    lit = _glowing(graded) * _vignette(face.shape, faces)[..., None]
    return byte(_grainy(lit, rng))


def _shallow(photo: Plane, face: Plane, faces: Sequence[FaceBox]) -> Plane:
    """The corners a little out of focus, as a fast lens leaves them, where there is a face to look at."""
    if not faces:
        return photo
    away = step(1 - _nearness(face.shape, faces), 0.35, 1.0) * (1 - face)
    return mix(photo, blur(photo, 3.5), away)


def _nearness(shape: tuple[int, ...], faces: Sequence[FaceBox]) -> Plane:
    """1 in the middle of the picture's interest, 0 in the farthest corner."""
    height, width = shape[:2]
    x, y = width / 2, height * 0.48
    if faces:
        x = 0.5 * x + 0.5 * sum(fx + fw / 2 for fx, _, fw, _ in faces) / len(faces)
        y = 0.5 * y + 0.5 * sum(fy + fh * 0.7 for _, fy, _, fh in faces) / len(faces)
    rows = (np.arange(height, dtype=np.float32)[:, None] - y) / height
    columns = (np.arange(width, dtype=np.float32)[None] - x) / width
    far = rows * rows + columns * columns
    return rest(far / far.max())


def _graded(photo: Plane, face: Plane, strength: float) -> Plane:
    lab = to_lab(photo)
    light = lab[..., 0] * 0.01
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    skin = _skin(lab, chroma) * np.maximum(face, 0.75)
    dark, bright = (1 - light) ** 2, light * light * (3 - 2 * light) * (1.08 - light)
    tint = dark[..., None] * _TEAL * strength + bright[..., None] * _ORANGE * strength
    lab[..., 1:] = lab[..., 1:] * (0.92 + 0.14 * skin)[..., None]
    lab[..., 1:] += tint * ((1 - 0.6 * skin) / (1 + chroma * 0.02))[..., None]
    # A film curve: blacks a little lifted, shoulders rolled off, more contrast between; gentler on faces.
    curve = light * light * (3 - 2 * light)
    lab[..., 0] = mix(light, curve, 0.6 - 0.25 * face) * 91 + 3.5
    return np.clip(from_lab(lab), 0, 1)


def _skin(lab: Plane, chroma: Plane) -> Plane:
    """How likely every pixel is skin: all skin lies in a narrow fan of hues, whatever its lightness."""
    hue = np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))
    fan = np.exp(-(((hue - 52) / 24) ** 2))
    return np.asarray(fan * step(chroma, 5, 14) * rest(step(chroma, 48, 66)), np.float32)


def _glowing(colours: Plane) -> Plane:
    """Halation: bright places bleed a warm light over their edges."""
    bright = step(luma(colours), 0.68, 0.98)
    spill = 0.20 * blur(bright, 9) + 0.16 * blur(bright, 36)
    glow = np.maximum(spill - 0.18 * bright, 0)[..., None] * _GLOW
    return rest(rest(colours) * rest(np.clip(glow, 0, 1)))


def _vignette(shape: tuple[int, ...], faces: Sequence[FaceBox]) -> Plane:
    return 0.46 + 0.56 * step(_nearness(shape, faces), -0.25, 0.72)


def _grainy(colours: Plane, rng: Generator) -> Plane:
    """Film grain, strongest in the middle tones and absent from pure white."""
    light = luma(colours)
    amount = 0.023 * (0.35 + 2.6 * light * (1 - light)) * (1 - light * 0.3)
    return colours + (grain(light.shape, 0.75, rng) * amount)[..., None]
