"""The directories (IFDs) of a TIFF structure: a TIFF file, most RAW files, an EXIF block.

TIFF 6.0; BigTIFF (libtiff, "BigTIFF Design"). Whatever points outside the data counts as absent, so that damaged and
hostile files cost no more than well-formed ones.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_MOST_ENTRIES = 4096
_MOST_DIRECTORIES = 64
_CODES = {
    1: "B", 2: "B", 3: "H", 4: "I", 6: "b", 7: "B", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I",
    16: "Q", 17: "q", 18: "Q",
}  # fmt: skip
"""How struct spells the value types; rationals (5, 10) have a size but are not read."""
_SIZES = {type_: struct.calcsize(f"<{code}") for type_, code in _CODES.items()} | {5: 8, 10: 8}

SUB_DIRECTORIES = 330


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its value type, how many values, and where the first byte of them lies."""

    type: int
    count: int
    at: int

    @property
    def size(self) -> int:
        """Bytes of all values."""
        return _SIZES[self.type] * self.count


@dataclass(frozen=True, slots=True)
class Directory:
    """Entries by tag, and the offset of the next directory (0: none)."""

    entries: dict[int, Entry] = field(default_factory=dict)
    next: int = 0


class Tiff:
    """Reads directories of `data`, whose first bytes are a TIFF header or one that differs in its magic number only."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.order = ">" if data[:2] == b"MM" else "<"
        self.big = self._numbers("H", 2, 1) == (43,)
        self._offset = "Q" if self.big else "I"
        self.first = self._pointer(8 if self.big else 4)

    def directory(self, at: int) -> Directory:
        """The directory at an offset; empty if there is none."""
        counted = self._numbers("Q" if self.big else "H", at, 1)
        if at <= 0 or not counted:
            return Directory()
        start, size = at + (8 if self.big else 2), 20 if self.big else 12
        count = min(counted[0], _MOST_ENTRIES, max(0, len(self._data) - start) // size)
        found = (self._entry(start + size * index) for index in range(count))
        return Directory({tag: entry for tag, entry in found if entry}, self._pointer(start + size * counted[0]))

    def directories(self) -> Iterator[tuple[int, Directory]]:
        """Every directory with its offset: the chain, and behind each member its sub-directories."""
        waiting, seen = [self.first], set[int]()
        while waiting and len(seen) < _MOST_DIRECTORIES:
            at = waiting.pop(0)
            directory = self.directory(at)
            if at in seen or not directory.entries:
                continue
            seen.add(at)
            yield at, directory
            waiting = [*self.numbers(directory, SUB_DIRECTORIES, 16), *waiting, directory.next]

    def numbers(self, directory: Directory, tag: int, most: int = 1) -> tuple[int, ...]:
        """The first values of a tag, at most `most`; () if it is absent."""
        entry = directory.entries.get(tag)
        if entry is None or entry.type not in _CODES:
            return ()
        return self._numbers(_CODES[entry.type], entry.at, min(entry.count, most))

    def number(self, directory: Directory, tag: int, default: int = 0) -> int:
        """The first value of a tag."""
        return next(iter(self.numbers(directory, tag)), default)

    def content(self, directory: Directory, tag: int) -> bytes:
        """All bytes of a tag; b"" if it is absent."""
        entry = directory.entries.get(tag)
        return self._data[entry.at : entry.at + entry.size] if entry else b""

    def rewritten(self, directory: Directory, tags: frozenset[int]) -> bytes:
        """The file with one directory only, which holds no more than `tags`; their values stay where they are."""
        kept = sorted((tag, entry) for tag, entry in directory.entries.items() if tag in tags)
        inline, count = (8, "Q") if self.big else (4, "H")
        body = struct.pack(self.order + count, len(kept))
        for tag, entry in kept:
            value = self._data[entry.at : entry.at + entry.size].ljust(inline, b"\0")
            if entry.size > inline:
                value = struct.pack(self.order + self._offset, entry.at)
            body += struct.pack(self.order + "HH" + self._offset, tag, entry.type, entry.count) + value
        header = self._data[: 8 if self.big else 4] + struct.pack(self.order + self._offset, len(self._data))
        return b"".join((header, memoryview(self._data)[len(header) :], body, bytes(inline)))

    def _entry(self, at: int) -> tuple[int, Entry | None]:
        tag, type_ = struct.unpack_from(self.order + "HH", self._data, at)
        (count,) = struct.unpack_from(self.order + self._offset, self._data, at + 4)
        value, inline = (at + 12, 8) if self.big else (at + 8, 4)
        if type_ not in _SIZES:
            return tag, None
        if _SIZES[type_] * count > inline:
            value = self._pointer(value)
        inside = value + _SIZES[type_] * count <= len(self._data)
        return tag, Entry(type_, count, value) if inside else None

    def _pointer(self, at: int) -> int:
        return next(iter(self._numbers(self._offset, at, 1)), 0)

    def _numbers(self, code: str, at: int, count: int) -> tuple[int, ...]:
        form = f"{self.order}{count}{code}"
        if at < 0 or at + struct.calcsize(form) > len(self._data):
            return ()
        return struct.unpack_from(form, self._data, at)
