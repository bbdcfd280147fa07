"""The chunks of a WebP (WebP container specification)."""

import struct
from collections.abc import Iterable, Iterator
from itertools import chain

ANIMATED, XMP, EXIF, ALPHA, ICC = 0x02, 0x04, 0x08, 0x10, 0x20
"""Flags in the first byte of VP8X."""


def chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and declared length of each chunk's content; the content of a cut file ends earlier.

    The length in the file's header is not asked: programs get it wrong, and the chunks tell their own.
    """
    at = 12
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        yield kind, at + 8, length
        at += 8 + length + length % 2


def written(contents: Iterable[tuple[bytes, bytes]]) -> bytes:
    """A WebP of these chunks."""
    parts = ((kind, struct.pack("<I", len(content)), content, bytes(len(content) % 2)) for kind, content in contents)
    body = b"".join(chain.from_iterable(parts))
    return b"".join((b"RIFF", struct.pack("<I", len(body) + 4), b"WEBP", body))


def size_of(kind: bytes, content: bytes) -> tuple[int, int, bool]:
    """Width and height in px, and whether there may be transparency, by VP8X or a bitstream; raises struct.error."""
    match kind:
        case b"VP8X":
            flags, low_width, high_width, low_height, high_height = struct.unpack_from("<B3xHBHB", content)
            return (high_width << 16 | low_width) + 1, (high_height << 16 | low_height) + 1, bool(flags & ALPHA)
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", content, 1)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bool(bits >> 28 & 1)
        case _:
            across, down = struct.unpack_from("<HH", content, 6)
            return across & 0x3FFF, down & 0x3FFF, False
