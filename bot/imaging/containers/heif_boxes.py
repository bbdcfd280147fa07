"""The boxes of an ISO base media file (ISO/IEC 14496-12), such as HEIC and AVIF (ISO/IEC 23008-12).

What points outside its box counts as absent.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_META_HEADER = 4
_FILMS = frozenset((b"avis", b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"))


@dataclass(frozen=True, slots=True)
class Box:
    """A box whose content lies from `start` to `end`."""

    kind: bytes
    start: int
    end: int


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """The boxes side by side between two offsets; one that is longer than that ends there."""
    end = len(data) if end is None else end
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        body = start + 8
        if size == 1 and start + 16 <= end:
            (size,) = struct.unpack_from(">Q", data, body)
            body += 8
        size = size or end - start  # 0: as far as the file goes
        if size < body - start:
            return
        yield Box(kind, body, min(end, start + size))
        start += size


def brands(data: bytes) -> tuple[bytes, ...]:
    """The major brand and those it is compatible with; () if the file begins otherwise."""
    first = next(boxes(data), None)
    if first is None or first.kind != b"ftyp" or first.end - first.start < 8:
        return ()
    listed = data[first.start : first.start + 4] + data[first.start + 8 : first.end]
    return tuple(listed[at : at + 4] for at in range(0, min(len(listed), 256), 4))


def child(data: bytes, parent: Box | None, kind: bytes, header: int = 0) -> Box | None:
    """The first box of a kind inside another one, whose own header has so many bytes."""
    inside = boxes(data, parent.start + header, parent.end) if parent else iter(())
    return next((box for box in inside if box.kind == kind), None)


def meta(data: bytes) -> Box | None:
    """The box that describes a file's still pictures."""
    return next((box for box in boxes(data) if box.kind == b"meta"), None)


def in_meta(data: bytes, kind: bytes) -> Box | None:
    """A box inside `meta`."""
    return child(data, meta(data), kind, _META_HEADER)


def is_sequence(data: bytes) -> bool:
    """Whether a file is a film; one that has a still picture, too, is a film if its first brand says so."""
    tracks = any(box.kind == b"moov" for box in boxes(data))
    return tracks and (bool(_FILMS & set(brands(data)[:1])) or meta(data) is None)


def primary_properties(data: bytes) -> list[tuple[bytes, bytes]]:
    """Kind and content of the primary picture's properties, in the order in which they apply.

    A tiled picture may leave its colours to its tiles: then those of any item stand at the end.
    """
    holder = in_meta(data, b"iprp")
    container, association = child(data, holder, b"ipco"), child(data, holder, b"ipma")
    if container is None or association is None:
        return []
    listed = [(box.kind, data[box.start : box.end]) for box in boxes(data, container.start, container.end)]
    wanted = _associated(data[association.start : association.end], _primary_item(data))
    own = [listed[index - 1] for index in wanted if 0 < index <= len(listed)]
    colours = [one for one in listed if one[0] == b"colr"]
    return own if any(kind == b"colr" for kind, _ in own) else own + colours[:1]


def _primary_item(data: bytes) -> int:
    box = in_meta(data, b"pitm")
    if box is None or box.end - box.start < 6:
        return 0
    wide = data[box.start] > 0 and box.end - box.start >= 8
    return int(struct.unpack_from(">I" if wide else ">H", data, box.start + 4)[0])


def _associated(ipma: bytes, item: int) -> list[int]:
    """The numbers of an item's properties, counted from 1."""
    try:
        version, flags, count = ipma[0], ipma[3], struct.unpack_from(">I", ipma, 4)[0]
        identity, index = (">I", 4) if version else (">H", 2), (">H", 2) if flags & 1 else (">B", 1)
        at = 8
        for _ in range(count):
            (id_,) = struct.unpack_from(identity[0], ipma, at)
            at += identity[1]
            found = ipma[at]
            at += 1
            if id_ == item:
                last = 0x7FFF if flags & 1 else 0x7F  # the first bit says "essential"
                return [struct.unpack_from(index[0], ipma, at + index[1] * n)[0] & last for n in range(found)]
            at += index[1] * found
    except (struct.error, IndexError):
        pass
    return []
