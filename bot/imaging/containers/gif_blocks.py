"""The blocks of a GIF (GIF89a specification, 15 to 27)."""

from collections.abc import Iterator
from dataclasses import dataclass

_EXTENSION, _PICTURE, _TRAILER = 0x21, 0x2C, 0x3B
_GRAPHIC_CONTROL, _APPLICATION = 0xF9, 0xFF
_OURS_TO_KEEP = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012", b"C2PA_GIF")
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Block:
    """A block from `start` to `end`; the file may be cut before that."""

    start: int
    end: int
    picture: bool
    makes_pixels: bool


def head_length(data: bytes) -> int:
    """Bytes of the header, the screen's description and its colours; raises IndexError."""
    return 13 + _table(data[10])


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks up to the trailer, or as far as the file goes; raises ValueError if they are too many."""
    at = head_length(data)
    for _ in range(_MOST):
        if at >= len(data) or data[at] not in (_EXTENSION, _PICTURE):
            return
        end, picture = _end(data, at), data[at] == _PICTURE
        yield Block(at, end, picture, picture or _makes_pixels(data, at))
        at = end
    raise ValueError("a GIF of too many blocks")


def _makes_pixels(data: bytes, at: int) -> bool:
    """Whether an extension is no comment, plain text or foreign application data."""
    label = data[at + 1 : at + 2]
    known = label == bytes([_APPLICATION]) and data.startswith(_OURS_TO_KEEP, at + 3)
    return known or label == bytes([_GRAPHIC_CONTROL])


def _table(flags: int) -> int:
    """Bytes of a colour table."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _end(data: bytes, at: int) -> int:
    if data[at] == _EXTENSION:
        at += 2
    else:
        flags = data[at + 9] if at + 9 < len(data) else 0
        at += 10 + _table(flags) + 1
    while at < len(data) and (length := data[at]):
        at += length + 1
    return at + 1
