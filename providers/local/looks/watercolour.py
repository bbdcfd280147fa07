"""Watercolour: thin washes on rough paper, darker where they dried, paler where the paper shows."""

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator

from providers.local.looks.arrays import FaceBox, Picture, Plane, blur, byte, from_lab, luma, mix, to_lab, unit
from providers.local.looks.flow import flow, sample
from providers.local.looks.focus import fineness, focus
from providers.local.looks.lines import lines
from providers.local.looks.noise import clouds
from providers.local.looks.paper import inset, tooth
from providers.local.looks.smoothing import daub
from providers.local.looks.tone import exposed

_PAPER = np.array((0.955, 0.978, 0.988), np.float32)
"""BGR of the sheet."""
_PENCIL = np.array((0.42, 0.48, 0.52), np.float32)
"""Optical density of the underdrawing, a warm grey."""
_DEEPEST = 1.75
"""Optical density of the darkest wash."""
_INDIGO = np.array((0.90, 1.02, 1.06), np.float32)
"""BGR densities of deep shadow, relative to grey."""


def draw(picture: Picture, faces: Sequence[FaceBox], rng: Generator) -> Picture:
    """The photo as a watercolour over a light pencil drawing, with an irregular white border."""
    face = focus(picture.shape, faces)
    photo = exposed(unit(picture), faces, 1.3)
    sheet = tooth(picture.shape, rng)
    drawing = _drawing(photo, face)
    washes = _washes(_unsteady(photo, face, rng), face, faces)
    density = _thinned(washes) * _pigment(washes, face, sheet, rng)
    density += drawing[..., None] * _PENCIL
    density *= _border(face.shape, sheet, rng)[..., None]
    paper = _PAPER * (1 + 0.010 * sheet)[..., None]
    return byte(paper * np.exp(-density))


def _drawing(photo: Plane, face: Plane) -> Plane:
    tone = luma(photo)
    return lines(tone, flow(tone, 5), 1.3, 0.03) * (0.45 + 0.4 * face)


def _unsteady(photo: Plane, face: Plane, rng: Generator) -> Plane:
    """The photo with wavering outlines, as a wet brush leaves them; faces waver least."""
    rows, columns = np.indices(face.shape, dtype=np.float32)
    sway = 1 - 0.9 * face
    across = clouds(face.shape, 45, rng) * 3 + clouds(face.shape, 12, rng)
    down = clouds(face.shape, 45, rng) * 3 + clouds(face.shape, 12, rng)
    return sample(photo, columns + across * sway, rows + down * sway)


def _washes(photo: Plane, face: Plane, faces: Sequence[FaceBox]) -> Plane:
    """Even areas in a few steps of lightness; faces keep soft transitions and finer areas."""
    broad = _stepped(daub(daub(photo, 8), 5), 7)
    return mix(broad, daub(photo, fineness(faces, 70, 5)), face * 0.9)


def _stepped(colours: Plane, steps: int) -> Plane:
    """Lightness drawn towards `steps` levels, leaving a soft edge between them."""
    lab = to_lab(colours)
    light = lab[..., 0] * (steps / 100)
    level = np.floor(light) + 0.5
    lab[..., 0] = (level + np.tanh((light - level) * 3) * 0.42) * (100 / steps)
    return np.clip(from_lab(lab), 0, 1)


def _thinned(washes: Plane) -> Plane:
    """The optical density of the washes, never so deep that the paper stops shining through.

    The deepest places lean towards blue, as a dark mixed from transparent pigments does.
    """
    density = -np.log(np.clip(washes, 0.02, 1)) * 0.85
    depth = density.mean(axis=2) + 1e-3
    thin = _DEEPEST * (1 - np.exp(-depth / _DEEPEST))
    cool = 1 + (_INDIGO - 1) * np.clip(depth - 0.7, 0, 1)[..., None]
    return np.asarray(density * (thin / depth)[..., None] * cool, np.float32)


def _pigment(washes: Plane, face: Plane, sheet: Plane, rng: Generator) -> Plane:
    """By how much each place is denser: pooled at the edges of washes, turbulent, grainy in the paper's hollows."""
    shade = 1 - luma(washes)
    pooled = np.clip(blur(shade, 1.0) - blur(shade, 5), 0, 0.2) * 3.6
    calm = 1 - 0.75 * face
    turbulent = clouds(face.shape, 110, rng) * 0.16 + clouds(face.shape, 28, rng) * 0.07
    tide = np.exp(-(((clouds(face.shape, 150, rng) - 0.4) / 0.05) ** 2))
    grains = sheet * 0.08 * (1 - 0.5 * face)
    amount = 1 + pooled + (turbulent + tide * 0.14) * calm - grains
    warmth = clouds(face.shape, 90, rng) * 0.07 * calm
    return np.dstack((amount + warmth, amount, amount - warmth))


def _border(shape: tuple[int, ...], sheet: Plane, rng: Generator) -> Plane:
    """1 within the painted area, 0 on the white border, a little more than 1 where the paint stopped."""
    wander = clouds(shape, 140, rng) * 12 + clouds(shape, 45, rng) * 4 + clouds(shape, 9, rng)
    edge = inset(shape) - 36 - wander - sheet * 0.8
    painted = np.clip(edge * 0.22, 0, 1)
    return np.asarray(painted * (1 + 0.45 * np.exp(-np.maximum(edge, 0) / 6)), np.float32)
