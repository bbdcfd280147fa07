"""Painting with a brush: curved strokes laid one over another, wide ones first.

After Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes" (1998): every layer paints only
where the picture still differs from the photo; strokes run along the flow and end where the colour changes.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from providers.local.looks.arrays import Picture, Plane, blur, byte, unit
from providers.local.looks.flow import Flow

_SHIFT = 3
"""Fractional bits of the points OpenCV draws."""
_MOST = 9000
"""Strokes in a layer; more would fill every gap with detail, and take their time."""


@dataclass(frozen=True, slots=True)
class Brush:
    """A brush `width` pixels wide whose strokes have up to `reach` steps of one width to either side."""

    width: float
    reach: int
    tolerance: float
    """How far (0 to 1) the colour may change along a stroke, and how wrong a place must be to be painted."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """Wet paint: colours, and for every pixel a random height that tells one stroke from the next."""

    layers: Picture
    """BGR and height, four channels."""

    @property
    def colours(self) -> Picture:
        return self.layers[..., :3]

    @property
    def height(self) -> Picture:
        return self.layers[..., 3]


def primed(colours: Plane) -> Canvas:
    """A canvas toned with a blurred copy of the photo, so that no gap between strokes is bare."""
    ground = byte(colours)
    return Canvas(np.dstack((ground, np.full(ground.shape[:2], 128, np.uint8))))


def paint(canvas: Canvas, photo: Plane, course: Flow, brush: Brush, wanted: Plane, rng: Generator) -> None:
    """Lay one layer of strokes on the canvas, where it is still wrong or `wanted` (0 to 1) asks for detail."""
    model = blur(photo, max(0.6, brush.width / 4))
    starts = _starts(canvas, model, brush, wanted, rng)
    colours = model[starts[:, 1], starts[:, 0]]
    forward = _trace(starts, colours, model, course, brush, 1.0)
    backward = _trace(starts, colours, model, course, brush, -1.0)
    paths = np.concatenate((backward[:, ::-1], forward[:, 1:]), axis=1)
    # A stroke that could not go anywhere would be a round blot.
    long = np.ptp(paths, axis=1).max(axis=1) > brush.width
    _draw(canvas, np.rint(paths[long] * (1 << _SHIFT)).astype(np.int32), _loaded(colours[long], rng), brush)


def _starts(canvas: Canvas, model: Plane, brush: Brush, wanted: Plane, rng: Generator) -> NDArray[np.int32]:
    """Jittered grid points (x, y), in random order, that need this brush."""
    height, width = model.shape[:2]
    gap = brush.width * 1.5
    columns, rows = np.meshgrid(np.arange(gap / 2, width, gap), np.arange(gap / 2, height, gap))
    points = np.column_stack((columns.ravel(), rows.ravel()))
    points += rng.uniform(-gap / 2, gap / 2, points.shape)
    starts = np.clip(points, 0, (width - 1, height - 1)).astype(np.int32)
    off = cv2.absdiff(unit(canvas.colours), model)
    wrong = cv2.blur(cv2.transform(off, np.ones((1, 3), np.float32)), (max(3, int(gap)) | 1,) * 2)
    need = wrong[starts[:, 1], starts[:, 0]] + wanted[starts[:, 1], starts[:, 0]]
    chosen = starts[need > brush.tolerance]
    return np.asarray(chosen[rng.permutation(len(chosen))[:_MOST]], np.int32)


def _trace(starts: NDArray[np.int32], colours: Plane, model: Plane, course: Flow, brush: Brush, sign: float) -> Plane:
    """Points (stroke, step, x/y) along the flow from every start; a stroke that must end stays where it is."""
    height, width = model.shape[:2]
    limit = np.array((width - 1, height - 1), np.float32)
    here = starts.astype(np.float32)
    heading = np.zeros_like(here)
    path = [here]
    alive = np.ones(len(starts), np.bool_)
    for _ in range(brush.reach):
        x, y = here[:, 0].astype(np.intp), here[:, 1].astype(np.intp)
        way = np.column_stack((course.x[y, x], course.y[y, x])) * sign
        way[(way * heading).sum(axis=1) < 0] *= -1
        ahead = np.clip(here + way * brush.width, 0, limit)
        there = model[ahead[:, 1].astype(np.intp), ahead[:, 0].astype(np.intp)]
        alive &= np.abs(there - colours).sum(axis=1) < brush.tolerance * 2
        here = np.where(alive[:, None], ahead, here)
        heading = way
        path.append(here)
    return np.stack(path, axis=1)


def _loaded(colours: Plane, rng: Generator) -> NDArray[np.uint8]:
    """What the brush carries: the colour, a little off in lightness and hue, and a height."""
    lightness = rng.normal(0, 0.022, (len(colours), 1))
    hue = rng.normal(0, 0.010, colours.shape)
    paint_ = np.clip((colours + lightness + hue) * 255, 0, 255)
    return np.column_stack((paint_, rng.integers(0, 256, len(colours)))).astype(np.uint8)


def _draw(canvas: Canvas, paths: NDArray[np.int32], loaded: NDArray[np.uint8], brush: Brush) -> None:
    thickness = max(1, round(brush.width))
    for path, paint_ in zip(paths, loaded.tolist(), strict=True):
        cv2.polylines(canvas.layers, [path], False, paint_, thickness, cv2.LINE_AA, _SHIFT)
