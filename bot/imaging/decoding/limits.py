"""What a file may weigh and hold, checked by its header before anything is decoded."""

import math
from dataclasses import dataclass

from bot.imaging.decoding.opened import OpenedPicture
from bot.imaging.values import PhotoError

_MEGABYTE = 1024 * 1024
_MEGAPIXEL = 1_000_000
_BYTES = 4
"""Bytes a pixel takes in memory as Pillow keeps it; the limits of megapixels are meant for these."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a file may weigh (2^20 bytes) and hold (10^6 pixels), and the longest side in px.

    `reduced` megapixels may have what takes less memory than others: JPEG, which decodes to a part of its size, and
    HEIC. Rows of a million pixels, or a million rows, cost far more time than the same pixels in another shape.
    `shortest` is the least a side may have, and `ratio` the most that a picture may be longer than wide. `moving`: one
    that moves is taken, by its first frame.
    """

    megabytes: int
    megapixels: int
    reduced: int
    side: int = 30_000
    shortest: int = 1
    ratio: int = 30_000
    moving: bool = False


UPLOADED = Limits(megabytes=20, megapixels=40, reduced=60, shortest=64, ratio=16)
"""People's photos. A face of fewer than 64 px says nothing of a person; panoramas of phones are at most 10 to 1."""
GENERATED = Limits(megabytes=80, megapixels=80, reduced=80, moving=True)
"""Pictures of providers, and what is stored: a 4K PNG alone may weigh more than an upload may, and one that moves was
paid for, too."""


def check_weight(data: bytes, limits: Limits) -> None:
    """Raise PhotoError for a file without bytes, or with too many."""
    if not data:
        raise PhotoError("empty")
    if len(data) > limits.megabytes * _MEGABYTE:
        megabytes = math.ceil(len(data) / _MEGABYTE)
        raise PhotoError("too_heavy", {"megabytes": megabytes, "limit": limits.megabytes})


def check_header(picture: OpenedPicture, limits: Limits) -> None:
    """Raise PhotoError for a picture that is too large, too small or too narrow, or moves."""
    short, long = sorted((picture.width, picture.height))
    if not short:
        raise PhotoError("truncated")
    pixels = max(picture.width * picture.height, picture.held)
    limit = limits.reduced if picture.reduced else limits.megapixels * _BYTES // max(_BYTES, picture.pixel_bytes)
    if pixels > limit * _MEGAPIXEL:
        raise PhotoError("too_many_pixels", {"megapixels": math.ceil(pixels / _MEGAPIXEL), "limit": limit})
    if long > limits.side:
        raise PhotoError("too_long", {"pixels": long, "limit": limits.side})
    if short < limits.shortest:
        raise PhotoError("too_small", {"pixels": short, "limit": limits.shortest})
    if long > short * limits.ratio:
        raise PhotoError("too_narrow", {"ratio": long // short, "limit": limits.ratio})
    if picture.moves and not limits.moving:
        raise PhotoError("animated")
