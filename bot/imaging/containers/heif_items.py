"""Where HEIC and AVIF files keep metadata: in items of type Exif, or of a MIME type such as XMP.

ISO/IEC 14496-12, 8.11.
"""

import struct
from collections.abc import Iterator

from bot.imaging.containers.heif_boxes import Box, boxes, in_meta

_NO_EXIF = bytes(4) + b"MM\0*\0\0\0\x08" + bytes(6)
"""Where the block begins, its header, and a directory of no entries: readers refuse a file whose EXIF has no header."""
_METADATA = (b"Exif", b"mime", b"uri ")


def metadata(data: bytes) -> list[tuple[bytes, int, int]]:
    """Type, offset and length of everything that metadata items hold; raises struct.error if the tables are damaged."""
    kinds = dict(_items(data))
    stored = in_meta(data, b"idat")
    return [
        (kinds[item], offset + (stored.start if method == 1 and stored else 0), length)
        for item, method, offset, length in _locations(data)
        if kinds.get(item) in _METADATA and method in (0, 1)
    ]


def coded_starts(data: bytes) -> list[int]:
    """Where the AV1 data of each picture begins; raises struct.error."""
    kinds = dict(_items(data))
    starts = {item: offset for item, method, offset, _ in reversed(list(_locations(data))) if method == 0}
    return [offset for item, offset in starts.items() if kinds.get(item) == b"av01"]


def without_metadata(data: bytes) -> bytes:
    """The file with zeros for its metadata, and an EXIF block without entries; raises struct.error."""
    copy = bytearray(data)
    for kind, start, length in metadata(data):
        end = min(len(copy), start + length)
        empty = _NO_EXIF if kind == b"Exif" and length >= len(_NO_EXIF) else b""
        copy[start:end] = empty.ljust(max(0, end - start), b"\0")
    return bytes(copy)


def _items(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and type of each item."""
    table = in_meta(data, b"iinf")
    if table is None:
        return
    entries = table.start + (6 if data[table.start] == 0 else 8)
    for box in boxes(data, entries, table.end):
        version = data[box.start]
        if box.kind == b"infe" and version >= 2:
            form = ">H2x4s" if version == 2 else ">I2x4s"
            yield struct.unpack_from(form, data, box.start + 4)


class _Fields:
    """Reads numbers of given byte widths one after the other."""

    def __init__(self, data: bytes, box: Box) -> None:
        self._data, self._at, self._end = data, box.start, box.end

    def take(self, width: int) -> int:
        if self._at + width > self._end:
            raise struct.error("the table ends early")
        self._at += width
        return int.from_bytes(self._data[self._at - width : self._at], "big")


def _locations(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Item, construction method, offset and length of each extent."""
    table = in_meta(data, b"iloc")
    if table is None:
        return
    fields = _Fields(data, table)
    version, _, widths = fields.take(1), fields.take(3), fields.take(2)
    offset_width, length_width, base_width, index_width = (widths >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 4 if version == 2 else 2
    for _ in range(fields.take(wide)):
        item = fields.take(wide)
        method = fields.take(2) & 15 if version else 0
        fields.take(2)  # the data reference
        base = fields.take(base_width)
        for _ in range(fields.take(2)):
            fields.take(index_width if version else 0)
            offset = base + fields.take(offset_width)
            yield item, method, offset, fields.take(length_width)
