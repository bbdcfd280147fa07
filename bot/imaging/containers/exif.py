"""What an EXIF block says about turning and colours.

CIPA DC-008 (EXIF 2.32): tags 274 Orientation, 40961 ColorSpace; DCF 2.0: interoperability index R03 is Adobe RGB.
"""

import struct
from dataclasses import dataclass

from bot.imaging.containers.tiff_directories import Directory, Tiff

_ORIENTATION, _EXIF, _COLOUR_SPACE, _INTEROPERABILITY, _INDEX = 274, 34665, 40961, 40965, 1
_SRGB, _ADOBE_RGB = 1, 2
_HEADER = b"Exif\0\0"
_START = b"MM\0*\0\0\0\x08"
_ASCII, _SHORT, _LONG = 2, 3, 4


@dataclass(frozen=True, slots=True)
class Exif:
    """The orientation, 1 (upright) to 8, and whether the numbers are Adobe RGB."""

    orientation: int = 1
    adobe_rgb: bool = False


def read_exif(block: bytes | None) -> Exif:
    """What a block says, with or without the header that JPEG puts before it; a damaged one says nothing."""
    if not block:
        return Exif()
    tiff = Tiff(block.removeprefix(_HEADER))
    return exif_of(tiff, tiff.directory(tiff.first))


def exif_of(tiff: Tiff, directory: Directory) -> Exif:
    """What the first directory of a TIFF structure and those it points to say."""
    orientation = tiff.number(directory, _ORIENTATION, 1)
    details = tiff.directory(tiff.number(directory, _EXIF))
    interoperability = tiff.directory(tiff.number(details, _INTEROPERABILITY))
    space = tiff.number(details, _COLOUR_SPACE)
    # Cameras that take Adobe RGB write "uncalibrated" and R03; some programs write the unofficial 2.
    adobe = space == _ADOBE_RGB or (space != _SRGB and tiff.content(interoperability, _INDEX).startswith(b"R03"))
    return Exif(orientation if 1 <= orientation <= 8 else 1, adobe)


def minimal_exif(exif: Exif) -> bytes:
    """The smallest block, without JPEG's header, that says the same; b"" where there is nothing to say."""
    if exif == Exif():
        return b""
    first = [_entry(_ORIENTATION, _SHORT, exif.orientation << 16)]
    if not exif.adobe_rgb:
        return _START + _directory(first)
    details = len(_START) + len(_directory(first * 2))
    colours = [_entry(_COLOUR_SPACE, _SHORT, 0xFFFF << 16)]
    interoperability = details + len(_directory(colours * 2))
    colours.append(_entry(_INTEROPERABILITY, _LONG, interoperability))
    index = [_entry(_INDEX, _ASCII, int.from_bytes(b"R03\0", "big"), 4)]
    return _START + b"".join(map(_directory, ([*first, _entry(_EXIF, _LONG, details)], colours, index)))


def _entry(tag: int, type_: int, value: int, count: int = 1) -> bytes:
    return struct.pack(">HHII", tag, type_, count, value)


def _directory(entries: list[bytes]) -> bytes:
    return struct.pack(">H", len(entries)) + b"".join(entries) + bytes(4)
