"""Comic: clean ink lines, flat saturated colour in a few steps, a screen of dots in the shadows."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.random import Generator

from providers.local.looks.arrays import FaceBox, Picture, Plane, above, byte, from_lab, luma, mix, step, to_lab, unit
from providers.local.looks.flow import Flow, along, flow
from providers.local.looks.focus import fineness, focus
from providers.local.looks.lines import lines
from providers.local.looks.screen import dots
from providers.local.looks.smoothing import daub
from providers.local.looks.steps import cuts, stepped
from providers.local.looks.tone import exposed, modelled

_INK = np.array((0.10, 0.06, 0.06), np.float32)
"""BGR of a black that leans to blue, as printed black on cream paper does."""
_SCREEN = 8.0
"""Pixels from one dot to the next."""


def draw(picture: Picture, faces: Sequence[FaceBox], rng: Generator) -> Picture:
    """The photo as a comic panel; the generator moves the screen and warms or cools the inks."""
    face = focus(picture.shape, faces)
    photo = exposed(unit(picture), faces, 1.2)
    tone = modelled(luma(photo))
    course = flow(tone, 5)
    lab = to_lab(_areas(photo, face, faces))
    smooth = lab[..., 0] * 0.01
    # Outlines of areas run along the forms; a face is too small for that.
    light = mix(along(smooth, course, 8), smooth, face)
    at = _cuts(light, faces)
    lab[..., 0] = mix(_flat(light, at), smooth, 0.12 + 0.33 * face) * 100
    lab[..., 1:] = lab[..., 1:] * 1.3 + rng.normal(0, 1.0, 2).astype(np.float32)
    colours = np.clip(from_lab(lab), 0, 1)
    colours = mix(colours, colours * 0.58, _dotted(light, at[1], rng))
    ink = np.maximum(_inked(tone, smooth, course), 1 - above(light, at[0] * 0.55))
    return byte(mix(colours, np.broadcast_to(_INK, colours.shape), ink))


def _areas(photo: Plane, face: Plane, faces: Sequence[FaceBox]) -> Plane:
    """The photo in even areas, as small in faces as the faces need."""
    broad, fine = (6, fineness(faces, 95, 6)) if faces else (4, 3)
    return mix(daub(daub(photo, broad), broad), daub(daub(photo, fine), fine), face)


def _cuts(light: Plane, faces: Sequence[FaceBox]) -> list[float]:
    """Where black, shadow, middle, light and highlight part."""
    at = cuts(light, faces, (0.10, 0.32, 0.88)) if faces else [0.18, 0.40, 0.72]
    return [*at, max(at[-1] + 0.06, 0.9)]


def _flat(light: Plane, at: Sequence[float]) -> Plane:
    """Each step at its middle tone, the dark ones deepened and the light ones opened."""
    edges = (0.0, *at, 1.0)
    middles = [(low + high) / 2 for low, high in pairwise(edges)]
    strength = (0.80, 0.98, 1.06, 1.06, 1.03)
    return stepped(light, at, [min(0.985, m * s) for m, s in zip(middles, strength, strict=True)])


def _dotted(light: Plane, shadow: float, rng: Generator) -> Plane:
    """Where the shadow's dots are; they grow towards the dark."""
    depth = np.clip((shadow - light) / shadow, 0, 1)
    screen = dots(light.shape, _SCREEN, 45, rng)
    return step(screen - (1 - depth), -0.07, 0.07) * step(depth, 0, 0.02)


def _inked(tone: Plane, smooth: Plane, course: Flow) -> Plane:
    """A fine pen for what there is to see, a brush for the outlines of areas."""
    return np.maximum(lines(tone, course, 1.1, 0.032), lines(modelled(smooth), course, 2.2, 0.035))
