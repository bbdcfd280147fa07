"""Photos and pictures for benchmarks: each one new, so that no store finds it there already."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

PORTRAIT = Path(__file__).parents[1] / "tests" / "photos" / "woman.jpg"
PHOTO = (3000, 4000)
DRAWN = (1024, 1024)
NEW_ROWS = 16
"""Rows of a drawn picture that are unlike every other picture's."""
_GRAIN = 3.0
"""Noise as a camera's, of which a photo of 12 megapixels weighs 1 MB and a picture of 1024 px 1.4 MB."""
_SHADES = (1, 2, 3, 4)
"""Places in a JPEG's table of divisors; small changes there change all pixels of a photo a little."""

_AS_IS, _UP = 0, 2
"""Filters of PNG rows (RFC 2083, chapter 6): none, and the difference to the row above."""


class Photos:
    """12-megapixel JPEGs of about 1 MB, with a face."""

    def __init__(self) -> None:
        buffer = BytesIO()
        Image.fromarray(_grained(PHOTO)).save(buffer, "JPEG", quality=80)
        self._data = buffer.getvalue()
        self._divisors = self._data.index(b"\xff\xdb") + 5
        self._made = 0

    def new(self) -> bytes:
        """A photo that was never given out before; the first 4,096 are."""
        self._made += 1
        data = bytearray(self._data)
        for at, place in enumerate(_SHADES):
            data[self._divisors + place] += self._made >> (3 * at) & 7
        return bytes(data)


class Pictures:
    """1K PNGs of about 1.4 MB, as an image model sends them."""

    def __init__(self) -> None:
        rows = _grained(DRAWN).reshape(DRAWN[1], -1)[:-NEW_ROWS]
        less = np.diff(rows, axis=0, prepend=np.zeros_like(rows[:1]))
        self._deflate = zlib.compressobj()
        body = self._deflate.compress(np.insert(less, 0, _UP, axis=1).tobytes())
        body += self._deflate.flush(zlib.Z_FULL_FLUSH)
        header = struct.pack(">IIBBBBB", *DRAWN, 8, 2, 0, 0, 0)
        self._head = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body)
        self._colours = np.random.default_rng(7)

    def new(self) -> bytes:
        """A picture that was never given out before."""
        colour = self._colours.integers(0, 256, 3, dtype=np.uint8).tobytes()
        deflate = self._deflate.copy()
        rows = deflate.compress((bytes([_AS_IS]) + colour * DRAWN[0]) * NEW_ROWS) + deflate.flush()
        return self._head + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _grained(size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    with Image.open(PORTRAIT) as portrait:
        pixels = np.asarray(portrait.convert("RGB").resize(size, Image.Resampling.BICUBIC), dtype=np.float32)
    grain = np.random.default_rng(1).normal(0, _GRAIN, pixels.shape[:2]).astype(np.float32)
    return (pixels + grain[..., None]).clip(0, 255).astype(np.uint8)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
