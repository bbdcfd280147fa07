"""Graphite: a soft pencil on toothed paper, shaded by hatching, left unfinished towards the edges."""

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator

from providers.local.looks.arrays import FaceBox, Picture, Plane, blur, byte, luma, mix, rest, step, unit
from providers.local.looks.flow import Flow, along, flow
from providers.local.looks.focus import focus
from providers.local.looks.hatching import hatching
from providers.local.looks.lines import lines
from providers.local.looks.noise import clouds, grain
from providers.local.looks.paper import inset, tooth
from providers.local.looks.tone import balanced, modelled

_PAPER = np.array((0.925, 0.955, 0.965), np.float32)
_LEAD = np.array((0.20, 0.19, 0.19), np.float32)
"""BGR of the sheet and of the darkest graphite; pencil is never black."""


def draw(picture: Picture, faces: Sequence[FaceBox], rng: Generator) -> Picture:
    """The photo as a pencil drawing; the generator draws the strokes and the paper."""
    face = focus(picture.shape, faces)
    tone = modelled(balanced(luma(unit(picture)), faces))
    course = flow(tone, 6)
    sheet = tooth(picture.shape, rng)
    slanted = hatching(picture.shape, 52, 110, rng)
    shading = _shading(tone, course, face, slanted, rng)
    shading *= _carried(face, faces, slanted, rng)
    outline = lines(tone, course, 1.0, 0.035) * step(sheet, -2.5, 0.8)
    lead = 1 - (1 - shading) * (1 - 0.75 * outline)
    # Lead catches on the paper's hills first; only a firm stroke fills the hollows.
    lead = np.clip(lead + 0.16 * sheet * np.sqrt(lead) * (1 - lead), 0, 1)
    paper = _PAPER * (1 + 0.008 * sheet)[..., None]
    return byte(mix(paper, np.broadcast_to(_LEAD, paper.shape), lead))


def _shading(tone: Plane, course: Flow, face: Plane, slanted: Plane, rng: Generator) -> Plane:
    """Hatching in layers, more of them the darker a place is; in faces a smudged ground carries the tone."""
    dark = np.clip(0.97 - tone, 0, 1) ** 1.25
    turning = along(grain(tone.shape, 0.9, rng), course, 21, 3)
    turning /= turning.std()
    firm = 1 - 0.45 * face
    bare = 1 - dark * (0.20 + 0.45 * face)
    bare *= 1 - _laid(dark, slanted, 0.55) * firm
    bare *= 1 - _laid(dark - 0.12, turning, 0.5) * firm
    bare *= 1 - _laid(dark - 0.36, hatching(tone.shape, 66, 80, rng), 0.6)
    bare *= 1 - _laid(dark - 0.55, slanted[::-1, ::-1], 0.7)
    return rest(bare)


def _laid(dark: Plane, strokes: Plane, firm: float) -> Plane:
    """One layer: the darker the place, the more strokes reach the paper and the firmer they are."""
    reach = np.clip(dark, 0, 1)
    covered = step(strokes + reach * 2.6, 0.2, 1.9)
    return np.asarray(np.minimum(reach * 2, 1) * firm * covered, np.float32)


def _carried(face: Plane, faces: Sequence[FaceBox], slanted: Plane, rng: Generator) -> Plane:
    """1 where the drawing is carried through, ending in single strokes towards the edge of the sheet."""
    ends = slanted * 22 + clouds(face.shape, 120, rng) * 16
    carried = step(inset(face.shape) + ends, 20, 110)
    if not faces:
        return carried
    subject = step(blur(face, 130), 0.007, 0.17)
    return carried * (0.55 + 0.45 * subject)
