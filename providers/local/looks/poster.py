"""Poster: a screen print in four inks on cream paper, cut from the tones of the face."""

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator

from providers.local.looks.arrays import (
    FaceBox,
    Picture,
    Plane,
    above,
    blur,
    byte,
    from_lab,
    luma,
    mix,
    rest,
    step,
    unit,
)
from providers.local.looks.flow import Flow, along, flow
from providers.local.looks.focus import fineness, focus
from providers.local.looks.lines import lines
from providers.local.looks.noise import clouds, grain
from providers.local.looks.paper import inset
from providers.local.looks.smoothing import daub, shifted
from providers.local.looks.steps import cuts
from providers.local.looks.tone import balanced, modelled

_INKS = ((18.0, -4.0, -24.0), (45.0, 59.0, 39.0), (57.0, -13.0, -16.0), (66.0, -13.0, -13.0))
_PAPER = (92.0, -1.0, 22.0)
"""CIE Lab of navy, red and two blues, and of the cream they are printed on."""
_TONES = (0.22, 0.42, 0.60, 0.78)
"""The tones at which the inks change where no face says otherwise."""
_RULING = 9
"""Pixels from one line of the lightest ink's screen to the next."""
_MARGIN = 28


def draw(picture: Picture, faces: Sequence[FaceBox], rng: Generator) -> Picture:
    """The photo as a screen print; the generator mixes the inks and shifts the plates a little."""
    face = focus(picture.shape, faces)
    tone = modelled(balanced(luma(unit(picture)), faces))
    course = flow(tone, 6)
    plates = _plates(_areas(tone, course, face, faces), faces)
    plates[0] = np.maximum(plates[0], lines(tone, course, 1.3, 0.04))
    *inks, paper = _mixed(rng)
    worn = grain(tone.shape, 0.9, rng)
    sheet = np.broadcast_to(paper, picture.shape)
    printed = sheet
    for ink, plate in zip(reversed(inks), reversed(plates), strict=True):
        printed = mix(printed, np.broadcast_to(ink, picture.shape), _pulled(plate, worn, rng))
    return byte(mix(sheet, printed, _printed(tone.shape, rng)) * (1 + 0.012 * worn)[..., None])


def _areas(tone: Plane, course: Flow, face: Plane, faces: Sequence[FaceBox]) -> Plane:
    """The tone in even areas with flowing outlines, finer in faces."""
    even = mix(daub(tone, 5), daub(tone, fineness(faces, 95, 6)), face)
    drawn = along(even, course, 8)
    return mix(blur(drawn, 2.5), blur(drawn, 1.0), face)


def _plates(areas: Plane, faces: Sequence[FaceBox]) -> list[Plane]:
    """What each ink covers, the darkest first; the lightest is printed in lines."""
    at = list(_TONES)
    if faces:
        skin = cuts(areas, faces, (0.10, 0.36, 0.58, 0.80))
        at = [0.75 * face + 0.25 * usual for face, usual in zip(skin, _TONES, strict=True)]
    plates = [rest(above(areas, cut)) for cut in at]
    return [*plates[:-1], plates[-1] * _ruled(areas.shape[0])]


def _mixed(rng: Generator) -> Plane:
    """The inks and the paper as BGR, each a little off its recipe."""
    lab = np.array((*_INKS, _PAPER), np.float32)
    lab += rng.normal(0, 1, lab.shape).astype(np.float32) * np.array((1.0, 2.0, 3.0), np.float32)
    return np.asarray(np.clip(from_lab(lab[None]), 0, 1)[0], np.float32)


def _ruled(height: int) -> Plane:
    """A screen of horizontal lines, as one column."""
    rows = np.arange(height, dtype=np.float32)[:, None]
    return step(np.cos(rows * (2 * np.pi / _RULING)), -0.25, 0.25)


def _pulled(plate: Plane, worn: Plane, rng: Generator) -> Plane:
    """The ink one plate leaves: not quite in register, with specks where the paper did not take it."""
    across, down = (int(offset) for offset in rng.integers(-2, 3, 2))
    return np.asarray(shifted(plate, across, down) * (1 - 0.5 * step(worn, 2.3, 3.0)), np.float32)


def _printed(shape: tuple[int, ...], rng: Generator) -> Plane:
    """1 on the printed area, 0 on the bare margin around it."""
    return step(inset(shape) + clouds(shape, 20, rng) * 0.8, _MARGIN - 1, _MARGIN + 1)
