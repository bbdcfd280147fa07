"""Oil: wide strokes first, fine ones where it matters, and light falling across the bristle marks."""

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator

from providers.local.looks.arrays import FaceBox, Picture, Plane, blur, byte, luma, mix, unit
from providers.local.looks.flow import Flow, along, flow
from providers.local.looks.focus import fineness, focus
from providers.local.looks.noise import grain
from providers.local.looks.smoothing import daub
from providers.local.looks.strokes import Brush, Canvas, paint, primed
from providers.local.looks.tone import exposed

_GROUND = Brush(34, 4, 0.20)
"""The first layer, which covers everything."""


def draw(picture: Picture, faces: Sequence[FaceBox], rng: Generator) -> Picture:
    """The photo as an oil painting; the generator lays the strokes and loads the brush."""
    photo = exposed(unit(picture), faces, 1.2)
    face = focus(picture.shape, faces)
    plain = daub(photo, 5)
    course = flow(luma(plain), 9 if faces else 6)
    canvas = primed(blur(photo, 12))
    paint(canvas, plain, course, _GROUND, np.ones_like(face), rng)
    for brush, detail in _brushes(faces):
        paint(canvas, photo if detail else plain, course, brush, face * detail, rng)
    return byte(_lit(_portrayed(canvas, photo, face, faces), canvas, course, face, rng))


def _brushes(faces: Sequence[FaceBox]) -> tuple[tuple[Brush, float], ...]:
    """Brushes from wide to fine, and how much each is wanted on faces."""
    fine = fineness(faces, 90, 7) if faces else 3
    return (
        (Brush(18, 5, 0.12), 0.0),
        (Brush(9, 5, 0.16), 0.0),
        (Brush(max(2.5, fine), 6, 0.22), 0.10),
        (Brush(2.5, 7, 0.34), 0.0),
    )


def _portrayed(canvas: Canvas, photo: Plane, face: Plane, faces: Sequence[FaceBox]) -> Plane:
    """The paint, with a finely daubed photo worked into what matters."""
    return mix(unit(canvas.colours), daub(photo, fineness(faces, 110, 3)), face * 0.6)


def _lit(painted: Plane, canvas: Canvas, course: Flow, face: Plane, rng: Generator) -> Plane:
    """Light from the upper left across the paint's relief: bristle marks along the flow and stroke edges."""
    bristles = along(grain(face.shape, 1.3, rng), course, 16)
    bristles /= bristles.std()
    strokes = blur(canvas.height.astype(np.float32), 1.0) / 255
    relief = bristles * 0.26 + strokes * 1.6
    slope = np.zeros_like(relief)
    slope[1:, 1:] = relief[1:, 1:] - relief[:-1, :-1]
    calm = 1 - 0.6 * face
    shade = np.clip(slope, -0.6, 0.6) * calm
    tinted = painted * ((0.97 + 0.035 * bristles * calm) * (1 + 0.24 * shade))[..., None]
    return np.asarray(tinted + np.maximum(shade * 0.1 - 0.025, 0)[..., None], np.float32)
