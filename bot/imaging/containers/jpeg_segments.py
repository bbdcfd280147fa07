"""The segments of a JPEG (ITU-T T.81, annex B)."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

SOI, EOI, SOS, COM = 0xD8, 0xD9, 0xDA, 0xFE
APP0, APP1, APP2, APP11, APP14 = 0xE0, 0xE1, 0xE2, 0xEB, 0xEE
METADATA = frozenset((COM, *range(0xE0, 0xF0)))
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset((0x01, *range(0xD0, 0xDA)))
_BETWEEN = re.compile(rb"\xff[^\x00\xff\xd8]")
"""A marker between segments, where FF may be repeated to fill."""
_IN_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""The end of a scan's coded data, where FF is followed by 0 or by a restart marker."""
_WINDOW = 1 << 18
"""Bytes searched at once: a search holds the interpreter lock."""
_MOST_SEGMENTS = 5_000
"""A header of 20 MB in segments of full length has 306."""

END = b"\xff\xd9"
ICC, EXIF, XMP = b"ICC_PROFILE\0", b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment from its marker at `start` to `end`; `body` is where its content begins, behind the length."""

    marker: int
    start: int
    body: int
    end: int

    def content(self, data: bytes) -> bytes:
        return data[self.body : self.end]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a frame header (SOFn) says; sizes in px, `precision` in bits."""

    marker: int
    precision: int
    height: int
    width: int
    components: int

    @property
    def decodable(self) -> bool:
        """Whether it is what browsers show: 8 bits, Huffman or arithmetic coding, no lossless or hierarchical mode."""
        return self.precision == 8 and self.marker in (0xC0, 0xC1, 0xC2, 0xC9, 0xCA) and self.components in (1, 3, 4)

    @property
    def progressive(self) -> bool:
        return self.marker in (0xC2, 0xCA)


def header(data: bytes, at: int = 0) -> Iterator[Segment]:
    """The segments behind the SOI at `at` up to and including the first SOS; what stands between them is skipped.

    Raises ValueError if they are too many.
    """
    at += 2
    for _ in range(_MOST_SEGMENTS):
        found = _marker(_BETWEEN, data, at)
        segment = _segment(data, found) if found is not None else None
        if segment is None:
            return
        yield segment
        if segment.marker in (SOS, EOI):
            return
        at = segment.end
    raise ValueError("a JPEG of too many segments")


def frame_of(data: bytes, segments: list[Segment]) -> Frame | None:
    """The first complete frame header of a picture."""
    for segment in segments:
        if segment.marker in _FRAMES and segment.end - segment.body >= 6 and segment.end <= len(data):
            return Frame(segment.marker, *struct.unpack_from(">BHHB", data, segment.body))
    return None


def behind_scans(data: bytes, at: int) -> Iterator[Segment]:
    """The segments behind the coded data at `at`: tables, further scans, and EOI where it is there."""
    while (found := _marker(_IN_SCAN, data, at)) is not None:
        segment = _segment(data, found)
        if segment is None:
            return
        yield segment
        if segment.marker == EOI:
            return
        at = segment.end


def makes_pixels(data: bytes, segment: Segment) -> bool:
    """Whether a segment is needed to decode: everything but comments and application data, JFIF and Adobe excepted.

    These two tell how colours are coded.
    """
    if segment.marker not in METADATA:
        return True
    length, jfif, adobe = segment.end - segment.body, (APP0, b"JFIF\0", 14), (APP14, b"Adobe", 12)
    return any(
        segment.marker == marker and length >= least and data.startswith(name, segment.body)
        for marker, name, least in (jfif, adobe)
    )


def written(marker: int, content: bytes) -> bytes:
    """A segment as it stands in a file; `content` has at most 65,533 bytes."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _segment(data: bytes, at: int) -> Segment | None:
    marker = data[at + 1]
    if marker in _WITHOUT_LENGTH and marker != SOS:
        return Segment(marker, at, at + 2, at + 2)
    if at + 4 > len(data):
        return None
    (length,) = struct.unpack_from(">H", data, at + 2)
    return Segment(marker, at, at + 4, at + 2 + max(2, length))


def _marker(pattern: re.Pattern[bytes], data: bytes, at: int) -> int | None:
    """Where the next marker begins."""
    while at < len(data):
        found = pattern.search(data, at, at + _WINDOW + 1)
        if found:
            return found.start()
        at += _WINDOW
    return None
