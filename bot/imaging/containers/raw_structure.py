"""What RAW files of phones and cameras hold: sensor data of a certain size, and JPEGs that the camera made of it.

TIFF-EP (ISO 12234-2) and DNG 1.7 for most makers; Canon CR3 by its boxes; others by the JPEGs found in them.
"""

import struct
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from bot.imaging.containers import jpeg_segments as jpeg
from bot.imaging.containers.exif import Exif, exif_of, read_exif
from bot.imaging.containers.tiff_directories import Directory, Tiff

_SUBFILE, _OLD_SUBFILE, _WIDTH, _HEIGHT, _COMPRESSION, _PHOTOMETRIC, _STRIPS = 254, 255, 256, 257, 259, 262, 273
_STRIP_BYTES, _JPEG, _JPEG_BYTES, _TIFF_EP, _DNG, _PREVIEW_SPACE = 279, 513, 514, 37398, 50706, 50970
_PANASONIC_WIDTH, _PANASONIC_HEIGHT, _PANASONIC_JPEG = 2, 3, 46
_SENSOR = (32803, 34892)
"""PhotometricInterpretation: a colour filter array, or linear values of the sensor."""
_MAKERS = (32767, 32769, 32770, 34316, 34713, 34892, 65000, 65535)
"""Compression: the makers' own, and DNG's lossy one."""
_JPEG_COMPRESSION = (6, 7)
_ADOBE_RGB = 3
_MOST_FOUND, _MOST_SEGMENTS = 200, 100


def picture_page(tiff: Tiff, data: bytes) -> Directory | None:
    """The directory of a TIFF that is its picture; None if the file is a RAW file.

    A first directory that calls itself a reduced copy gives way to the largest that does not.
    """
    listed = [directory for _, directory in tiff.directories()]
    if not listed or _is_raw(tiff, listed, data):
        return None
    if not _reduced(tiff, listed[0]):
        return listed[0]
    whole = [directory for directory in listed if not _reduced(tiff, directory)]
    return max(whole, key=lambda directory: _area(tiff, directory), default=None)


def sensor_size(tiff: Tiff) -> tuple[int, int]:
    """Width and height in px of the largest picture or sensor data in a file; (0, 0) if none says."""
    sizes = [(0, 0)]
    for _, directory in tiff.directories():
        if not _reduced(tiff, directory):
            sizes.append((tiff.number(directory, _WIDTH), tiff.number(directory, _HEIGHT)))
            sizes.append((tiff.number(directory, _PANASONIC_WIDTH), tiff.number(directory, _PANASONIC_HEIGHT)))
    return max(sizes, key=lambda size: size[0] * size[1])


def canon_size(data: bytes) -> tuple[int, int]:
    """Width and height in px by the sample entries of a CR3; (0, 0) if there are none."""
    sizes, at = [(0, 0)], data.find(b"CRAW")
    while at >= 0 and at + 32 <= len(data) and len(sizes) < _MOST_FOUND:
        sizes.append(struct.unpack_from(">HH", data, at + 28))
        at = data.find(b"CRAW", at + 4)
    return max(sizes, key=lambda size: size[0] * size[1])


def fuji_size(data: bytes) -> tuple[int, int]:
    """Width and height in px by the first record (0x100) of a RAF's sensor header; (0, 0) if there is none."""
    try:
        (at,) = struct.unpack_from(">I", data, 92)
        (count,) = struct.unpack_from(">I", data, at)
        at += 4
        for _ in range(min(count, 256)):
            tag, size = struct.unpack_from(">HH", data, at)
            if tag == 0x100:
                height, width = struct.unpack_from(">HH", data, at + 4)
                return width, height
            at += 4 + size
    except struct.error:
        pass
    return 0, 0


def listed_jpegs(tiff: Tiff) -> Iterator[int]:
    """Where a file's directories say that JPEGs begin, sensor data excepted."""
    for _, directory in tiff.directories():
        if at := tiff.number(directory, _JPEG):
            yield at
        if entry := directory.entries.get(_PANASONIC_JPEG):
            yield entry.at
        coded = tiff.number(directory, _COMPRESSION) in _JPEG_COMPRESSION
        if coded and tiff.number(directory, _PHOTOMETRIC) not in _SENSOR:
            yield tiff.number(directory, _STRIPS)


def found_jpegs(data: bytes) -> Iterator[int]:
    """Where something begins that looks like a JPEG."""
    at = -1
    for _ in range(_MOST_FOUND):
        at = data.find(b"\xff\xd8\xff", at + 1)
        if at < 0:
            return
        yield at


def jpeg_size(data: bytes, at: int) -> tuple[int, int]:
    """Width and height in px of the JPEG at an offset; (0, 0) if it is none that browsers show."""
    if data[at : at + 3] != b"\xff\xd8\xff":
        return 0, 0
    segments = list(islice(jpeg.header(data, at), _MOST_SEGMENTS))
    frame = jpeg.frame_of(data, segments)
    complete = frame is not None and frame.decodable and segments[-1].marker == jpeg.SOS
    return (frame.width, frame.height) if frame and complete else (0, 0)


def is_dng(tiff: Tiff) -> bool:
    return _DNG in tiff.directory(tiff.first).entries


def camera_exif(tiff: Tiff) -> Exif:
    """How the camera was held, and whether it was set to Adobe RGB."""
    first = tiff.directory(tiff.first)
    exif = exif_of(tiff, first)
    spaces = [tiff.number(directory, _PREVIEW_SPACE) for _, directory in tiff.directories()]
    return replace(exif, adobe_rgb=exif.adobe_rgb or _ADOBE_RGB in spaces)


def canon_exif(data: bytes) -> Exif:
    """The same of a CR3, whose first EXIF directory stands in a box of its own."""
    at = data.find(b"CMT1")
    return read_exif(data[at + 4 : at + 4 + 65536]) if at >= 0 else Exif()


def _is_raw(tiff: Tiff, listed: list[Directory], data: bytes) -> bool:
    first = listed[0].entries
    return (
        _DNG in first
        or _TIFF_EP in first
        or data[8:10] == b"CR"
        or any(tiff.number(directory, _PHOTOMETRIC) in _SENSOR for directory in listed)
        or any(tiff.number(directory, _COMPRESSION) in _MAKERS for directory in listed)
    )


def _reduced(tiff: Tiff, directory: Directory) -> bool:
    return bool(tiff.number(directory, _SUBFILE) & 1) or tiff.number(directory, _OLD_SUBFILE) == 2


def _area(tiff: Tiff, directory: Directory) -> int:
    return tiff.number(directory, _WIDTH) * tiff.number(directory, _HEIGHT)
