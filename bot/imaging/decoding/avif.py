"""AVIF: colours and turning by its boxes, pixels by OpenCV."""

from collections.abc import Iterator

from bot.imaging.colour.pixels import Pixels
from bot.imaging.containers.av1_header import coded_size
from bot.imaging.containers.heif_boxes import is_sequence, primary_properties
from bot.imaging.containers.heif_items import coded_starts, without_metadata
from bot.imaging.decoding import opencv
from bot.imaging.decoding.heif_colour import colour_of
from bot.imaging.decoding.opened import OpenedPicture, Target
from bot.imaging.decoding.shrinking import small_array
from bot.imaging.values import PhotoError

_SEQUENCE = 512
"""Bytes within which the header of coded data lies."""
_ROTATED = {0: 1, 1: 8, 2: 3, 3: 6}
"""EXIF orientation by quarter turns against the clock (irot, ISO/IEC 23008-12, 6.5.10)."""
_MIRRORED = {(1, 0): 4, (1, 1): 2, (3, 0): 2, (3, 1): 4, (6, 0): 7, (6, 1): 5, (8, 0): 5, (8, 1): 7}
"""EXIF orientation of one that is then mirrored: 0 swaps top and bottom, 1 left and right (imir, 6.5.12)."""


def open_avif(data: bytes) -> OpenedPicture:
    """Read the boxes of an AVIF; raises PhotoError, struct.error and LookupError."""
    properties = primary_properties(data)
    by_kind = dict(reversed(properties))
    extent, moves = by_kind.get(b"ispe"), is_sequence(data)
    if extent is None:
        raise PhotoError("animated" if moves else "truncated")
    depth = _depth(by_kind)
    lean = without_metadata(data)  # a broken EXIF block would cost the picture

    def decode(target: Target) -> Pixels:
        return small_array(opencv.decoded(lean), 2.0**depth - 1, target.longest, bgr=True)

    return OpenedPicture(
        media_type="image/avif",
        width=int.from_bytes(extent[4:8], "big"),
        height=int.from_bytes(extent[8:12], "big"),
        decode=decode,
        colour=colour_of(properties),
        orientation=_orientation(properties),
        notes=("depth-reduced",) if depth > 8 else (),
        held=max((across * down for across, down in _coded_sizes(data)), default=0),
        moves=moves,
        pixel_bytes=8,  # measured: up to 20 bytes in all
    )


def _coded_sizes(data: bytes) -> Iterator[tuple[int, int]]:
    """The sizes of the coded pictures, whatever the boxes say."""
    return (coded_size(data[start : start + _SEQUENCE]) for start in coded_starts(data))


def _depth(by_kind: dict[bytes, bytes]) -> int:
    """Bits of each channel: pixi, else the codec's own configuration (AV1-ISOBMFF, 2.3)."""
    bits = by_kind.get(b"pixi", b"")[5:6]
    if bits:
        return bits[0]
    configuration = by_kind.get(b"av1C", bytes(4))[2]
    return 8 if not configuration & 0x40 else 12 if configuration & 0x20 else 10


def _orientation(properties: list[tuple[bytes, bytes]]) -> int:
    orientation = 1
    for kind, content in properties:
        if kind == b"irot" and content:
            orientation = _ROTATED[content[0] & 3]
        elif kind == b"imir" and content:
            orientation = _MIRRORED[orientation, content[0] & 1]
    return orientation
