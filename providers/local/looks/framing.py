"""What part of the photo is drawn and how large: about a megapixel of the wanted aspect, heads kept whole.

Nothing is ever stretched. Where a head would not fit the widest possible crop (a 16:9 picture of a portrait), the
photo is continued by a blurred backdrop instead of cutting the head off.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from providers.local.looks.arrays import FaceBox, Picture, blur, byte, mix, step, unit
from providers.local.looks.photo import fit

AREA = 1024 * 1024
_LONGEST = 3
_HAIR, _NECK, _SIDE = 0.45, 0.25, 0.25
"""Room left above, below and beside a face box, in its own heights and widths."""
_EYE_LINE = 0.46
"""Where the middle of the heads is put, from the top."""
_UPPER_THIRD = 1 / 3
"""Without a face: the share of what is cut off that is cut at the top."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the photo, in its pixels; it may reach past the photo's border."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Framed:
    """What a look draws from: about a megapixel of the photo, and where the faces are in it."""

    picture: Picture
    faces: tuple[FaceBox, ...]


class BadAspect(ValueError):
    """No picture has this aspect."""


def proportions(aspect: str) -> tuple[int, int] | None:
    """Width and height of an aspect such as "4:5", or None for "auto", the photo's own; raises BadAspect."""
    if aspect == "auto":
        return None
    written = re.fullmatch(r"([1-9]\d?):([1-9]\d?)", aspect)
    if written is None:
        raise BadAspect(f"no picture is {aspect!r}")
    across, down = int(written[1]), int(written[2])
    if max(across, down) > _LONGEST * min(across, down):
        raise BadAspect(f"{aspect} is longer than {_LONGEST}:1")
    return across, down


def framed(pixels: Picture, faces: Sequence[FaceBox], wanted: tuple[int, int] | None) -> Framed:
    """The part of the photo that shows the faces best in the wanted proportions, at the size to draw."""
    height, width = pixels.shape[:2]
    size = drawn_size((width, height), wanted)
    part = frame((width, height), size, faces)
    return Framed(_cut(pixels, part, size), _seen(faces, part, size[0] / part.width))


def drawn_size(photo: tuple[int, int], wanted: tuple[int, int] | None) -> tuple[int, int]:
    """Width and height of about a megapixel, in exactly the wanted proportions or within a pixel of the photo's.

    A panorama is cropped to 3:1.
    """
    if wanted is None:
        ratio = min(max(photo[0] / photo[1], 1 / _LONGEST), _LONGEST)
        return round(math.sqrt(AREA * ratio)), round(math.sqrt(AREA / ratio))
    times = round(math.sqrt(AREA / (wanted[0] * wanted[1])))
    return wanted[0] * times, wanted[1] * times


def frame(photo: tuple[int, int], out: tuple[int, int], faces: Sequence[FaceBox]) -> Frame:
    """The rectangle of `photo` (width, height) to show at the ratio of `out`."""
    ratio = out[0] / out[1]
    width = min(float(photo[0]), photo[1] * ratio)
    head = _heads(photo, faces, width, width / ratio)
    if head is None:
        x, y = (photo[0] - width) / 2, (photo[1] - width / ratio) * _UPPER_THIRD
        return _whole(x, y, width, ratio)
    width = max(width, head.width, head.height * ratio)
    height = width / ratio
    x = _slide(head.x + head.width / 2 - width / 2, width, photo[0])
    y = _slide(head.y + head.height / 2 - height * _EYE_LINE, height, photo[1])
    return _whole(x, min(y, max(0.0, float(head.y))), width, ratio)


def _heads(photo: tuple[int, int], faces: Sequence[FaceBox], width: float, height: float) -> Frame | None:
    """Every head together if they fit, closely if need be, else the largest one alone."""
    if not faces:
        return None
    for room in (1.0, 0.7, 0.4):
        together = _around(photo, faces, room)
        if together.width <= width and together.height <= height:
            return together
    return _around(photo, [max(faces, key=lambda face: face[2] * face[3])], 0.4)


def _around(photo: tuple[int, int], faces: Sequence[FaceBox], room: float) -> Frame:
    """The faces with that share of the room for hair, ears and chin, as far as the photo goes."""
    left = max(0, min(round(x - w * _SIDE * room) for x, y, w, h in faces))
    top = max(0, min(round(y - h * _HAIR * room) for x, y, w, h in faces))
    right = min(photo[0], max(round(x + w * (1 + _SIDE * room)) for x, y, w, h in faces))
    bottom = min(photo[1], max(round(y + h * (1 + _NECK * room)) for x, y, w, h in faces))
    return Frame(left, top, right - left, bottom - top)


def _slide(start: float, length: float, limit: int) -> float:
    """The start nearest to `start` at which `length` lies inside `limit`, or centred when it is longer."""
    if length >= limit:
        return (limit - length) / 2
    return min(max(start, 0.0), limit - length)


def _whole(x: float, y: float, width: float, ratio: float) -> Frame:
    return Frame(round(x), round(y), max(1, round(width)), max(1, round(width / ratio)))


def _cut(pixels: Picture, part: Frame, size: tuple[int, int]) -> Picture:
    """That part of the photo at `size` (width, height), with a backdrop where it reaches past the photo."""
    inside = pixels[max(0, part.y) : part.y + part.height, max(0, part.x) : part.x + part.width]
    # A pixel less is a rounding matter.
    if inside.shape[0] >= part.height - 1 and inside.shape[1] >= part.width - 1:
        return fit(inside, *size)
    scale = size[0] / part.width
    width = min(size[0], round(inside.shape[1] * scale))
    height = min(size[1], round(inside.shape[0] * scale))
    left = min(size[0] - width, round(max(0, -part.x) * scale))
    top = min(size[1] - height, round(max(0, -part.y) * scale))
    return _continued(fit(inside, width, height), (top, size[1] - height - top, left, size[0] - width - left))


def _continued(inside: Picture, margins: tuple[int, int, int, int]) -> Picture:
    """The part with a backdrop made up around it: its border drawn outwards, ever more out of focus.

    `margins` are pixels above, below, left and right.
    """
    wide = unit(np.asarray(cv2.copyMakeBorder(inside, *margins, cv2.BORDER_REPLICATE), np.uint8))
    outside = np.ones(wide.shape[:2], np.float32)
    top, _, left, _ = margins
    outside[top : top + inside.shape[0], left : left + inside.shape[1]] = 0
    reach = max(inside.shape[:2]) / 16
    near = mix(wide, blur(wide, reach), np.clip(blur(outside, reach / 2) * 2, 0, 1))
    return byte(mix(near, blur(wide, reach * 6), step(blur(outside, reach * 3), 0.45, 0.95)))


def _seen(faces: Sequence[FaceBox], part: Frame, scale: float) -> tuple[FaceBox, ...]:
    """The faces within the part, in the pixels it is drawn at, which are `scale` of the photo's."""
    moved = (moved_box(face, part.x, part.y, scale) for face in faces)
    right, bottom = part.width * scale, part.height * scale
    return tuple(box for box in moved if box[0] + box[2] > 0 < box[1] + box[3] and box[0] < right and box[1] < bottom)


def moved_box(face: FaceBox, x: int, y: int, scale: float) -> FaceBox:
    """The box seen from (`x`, `y`) at another scale, at least a pixel wide and high."""
    width, height = max(1, round(face[2] * scale)), max(1, round(face[3] * scale))
    return round((face[0] - x) * scale), round((face[1] - y) * scale), width, height
