"""RAW files: the full-size JPEG the camera put into them, never a thumbnail.

Developing sensor data is a taste of its own; whoever sends a RAW file wants what the camera showed.
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.imaging.containers import raw_structure as raw
from bot.imaging.containers.exif import Exif
from bot.imaging.containers.tiff_directories import Tiff
from bot.imaging.decoding.jpeg import open_jpeg
from bot.imaging.decoding.opened import OpenedPicture
from bot.imaging.values import PhotoError

_FULL = 0.9
"""The part of the sensor's width that a full-size JPEG has at least: cameras cut off an edge."""
_ENOUGH = 2048
"""Pixels on the long side that will do of any picture, since no more are stored."""


def open_raw_tiff(data: bytes, tiff: Tiff) -> OpenedPicture:
    """The JPEG in a DNG, NEF, CR2, ARW, PEF, SRW, RW2, ORF or another RAW file of TIFF's structure; raises PhotoError.

    A DNG lists all of its JPEGs, and may code sensor data as such; others hide theirs in makers' notes.
    """
    places = list(raw.listed_jpegs(tiff))
    if not raw.is_dng(tiff):
        places += raw.found_jpegs(data)
    return _largest(data, places, raw.sensor_size(tiff), raw.camera_exif(tiff))


def open_raw(data: bytes) -> OpenedPicture:
    """The JPEG in a RAW file of another structure; raises PhotoError."""
    if data[4:8] == b"ftyp":
        return _largest(data, raw.found_jpegs(data), raw.canon_size(data), raw.canon_exif(data))
    if data[:2] in (b"II", b"MM") and data[6:10] != b"HEAP":
        return open_raw_tiff(data, Tiff(data))
    size = raw.fuji_size(data) if data.startswith(b"FUJI") else (0, 0)
    return _largest(data, raw.found_jpegs(data), size, Exif())


def _largest(data: bytes, places: Iterable[int], sensor: tuple[int, int], exif: Exif) -> OpenedPicture:
    sized = [(raw.jpeg_size(data, at), at) for at in places]
    size, at = max(sized, key=lambda one: one[0][0] * one[0][1], default=((0, 0), 0))
    enough = min(_ENOUGH, round(max(sensor) * _FULL)) if max(sensor) else _ENOUGH
    if max(size) < enough:
        raise PhotoError("raw")
    opened = open_jpeg(data[at:], exif)
    return replace(opened, media_type="image/x-raw", notes=(*opened.notes, "raw-preview"))
