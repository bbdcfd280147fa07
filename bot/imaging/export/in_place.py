"""GIF, AVIF, HEIC and TIFF files that leave us: metadata cut out or overwritten with zeros, everything else as it was.

No provider sends these today, so they get no mark of ours.
"""

from collections.abc import Iterable, Iterator

from bot.imaging.containers.gif_blocks import blocks, head_length
from bot.imaging.containers.heif_boxes import boxes as heif_boxes
from bot.imaging.containers.heif_items import metadata, without_metadata
from bot.imaging.containers.tiff_directories import Directory, Tiff
from bot.imaging.export.generator_texts import reveals_generation

_C2PA_BOX = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
"""The UUID of the box with Content Credentials (C2PA specification 2.1, A.5)."""
_C2PA_TAG = 52545
_TIFF_TEXTS = frozenset((270, 271, 272, 285, 305, 306, 315, 316, 700, 33432, 33723, 34377, 37724, *range(40091, 40096)))
"""Description, maker, program, date, artist, XMP, IPTC, Photoshop and Windows' own."""
_TIFF_POINTERS = (34665, 34853)
"""EXIF and GPS: directories of which nothing stays."""


def clean_heif(data: bytes) -> bytes:
    """An AVIF or HEIC whose EXIF and XMP are zeros; raises struct.error if its tables are damaged."""
    texts = (data[start : start + length] for _, start, length in metadata(data))
    signed = any(box.kind == b"uuid" and data.startswith(_C2PA_BOX, box.start) for box in heif_boxes(data))
    if signed and not any(reveals_generation(text) for text in texts):
        return data
    return without_metadata(data)


def clean_tiff(data: bytes) -> bytes:
    """A TIFF whose texts, EXIF and GPS are zeros."""
    tiff = Tiff(data)
    extents = list(_tiff_extents(tiff))
    signed = _C2PA_TAG in tiff.directory(tiff.first).entries
    if signed and not any(reveals_generation(data[start : start + length]) for start, length in extents):
        return data
    return _blanked(data, extents)


def clean_gif(data: bytes) -> bytes:
    """A GIF without comments, foreign application data and what stands behind it; raises IndexError and ValueError."""
    kept = [data[block.start : block.end] for block in blocks(data) if block.makes_pixels]
    return b"".join((data[: head_length(data)], *kept, b";"))


def _tiff_extents(tiff: Tiff) -> Iterator[tuple[int, int]]:
    for _, directory in tiff.directories():
        yield from _values(directory, _TIFF_TEXTS)
        for pointer in _TIFF_POINTERS:
            inner = tiff.directory(tiff.number(directory, pointer))
            yield from _values(inner, frozenset(inner.entries))


def _values(directory: Directory, tags: frozenset[int]) -> Iterator[tuple[int, int]]:
    return ((entry.at, entry.size) for tag, entry in directory.entries.items() if tag in tags)


def _blanked(data: bytes, extents: Iterable[tuple[int, int]]) -> bytes:
    copy = bytearray(data)
    for start, length in extents:
        end = min(len(copy), start + length)
        copy[start:end] = bytes(max(0, end - start))
    return bytes(copy)
