"""The chunks of a PNG (PNG specification, third edition, 5.3)."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_MOST = 50_000
"""Encoders write a chunk for every 8 KB of pixels or more: 2,500 in 20 MB."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk from `start` to `end` of the file, checksum included; a cut file ends before `end`."""

    kind: bytes
    start: int
    end: int

    def body(self, data: bytes, most: int | None = None) -> bytes:
        """The content, or its first `most` bytes."""
        end = self.end - 4 if most is None else min(self.end - 4, self.start + 8 + most)
        return data[self.start + 8 : end]


def chunks(data: bytes) -> Iterator[Chunk]:
    """The chunks up to and including IEND, or as far as the file goes; raises ValueError if they are too many."""
    at = len(SIGNATURE)
    for _ in range(_MOST):
        if at + 8 > len(data):
            return
        length, kind = struct.unpack_from(">I4s", data, at)
        yield Chunk(kind, at, at + length + 12)
        if kind == b"IEND":
            return
        at += length + 12
    raise ValueError("a PNG of too many chunks")


def written(kind: bytes, body: bytes) -> bytes:
    """A chunk as it stands in a file."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def inflated(body: bytes, most: int) -> bytes | None:
    """A zlib stream of at most `most` bytes; None if it is longer or broken."""
    stream = zlib.decompressobj()
    try:
        plain = stream.decompress(body, most)
    except zlib.error:
        return None
    return plain if stream.eof else None
