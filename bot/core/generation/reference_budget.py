"""Fitting all the photos of one call into the body an API takes."""

import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from providers.contract.provider import Reference

BODY = 20_000_000
"""Bytes of a request that every API takes: Gemini's limit for photos inside the request (its image guide, 2026)."""
PHOTOS = (BODY - 500_000) * 3 // 4
"""Bytes of all photos together, which base64 makes a third longer; the rest is for words."""
SMALLEST = 512
"""Pixels on the long side below which a photo is not made smaller."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A photo as it would be sent, and the pixels of its long side."""

    reference: Reference
    longest: int

    @property
    def size(self) -> int:
        return len(self.reference.data)


Smaller = Callable[[bytes, int], Awaitable[tuple[bytes, str]]]
"""The photo without transparency and with its long side at most so many pixels: its bytes and its media type."""


async def within(photos: Sequence[Fitted], smaller: Smaller, most: int = PHOTOS) -> tuple[Reference, ...]:
    """The photos in their order, the heaviest made lighter until all together weigh at most `most` bytes.

    A photo first loses its transparency, which makes a cut-out a tenth as heavy, and then pixels.
    """
    fitted = list(photos)
    while (excess := sum(one.size for one in fitted) - most) > 0:
        at = max(range(len(fitted)), key=lambda number: fitted[number].size)
        lighter = await _lighter(fitted[at], excess, smaller)
        if lighter is None:
            break
        fitted[at] = lighter
    return tuple(one.reference for one in fitted)


async def _lighter(photo: Fitted, excess: int, smaller: Smaller) -> Fitted | None:
    """The photo with up to `excess` bytes less, at least half of it kept a turn; None when it is small already."""
    longest = photo.longest
    if photo.reference.media_type == "image/jpeg":
        if longest <= SMALLEST:
            return None
        share = max(0.5, 0.95 * (photo.size - excess) / photo.size)
        longest = max(SMALLEST, math.floor(longest * math.sqrt(share)))
    data, media_type = await smaller(photo.reference.data, longest)
    return Fitted(replace(photo.reference, data=data, media_type=media_type), longest)
