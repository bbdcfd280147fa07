"""WebP files that leave us: the chunks that make the picture, and our own mark, in the extended layout."""

import struct

from bot.imaging.containers import riff_chunks as riff
from bot.imaging.containers.exif import minimal_exif, read_exif
from bot.imaging.export.generator_texts import reveals_generation

_KEPT = frozenset((b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"))
_TEXTS = (b"EXIF", b"XMP ")


def clean_webp(data: bytes, xmp: bytes | None) -> bytes:
    """The same pixels with `xmp` as the only text; raises struct.error and ValueError if the file is cut."""
    found = [(kind, data[start : start + length]) for kind, start, length in riff.chunks(data)]
    signed = any(kind == b"C2PA" for kind, _ in found)
    if signed and not any(reveals_generation(content) for kind, content in found if kind in _TEXTS):
        return data
    kept = [(kind, content) for kind, content in found if kind in _KEPT]
    exif = minimal_exif(read_exif(next((content for kind, content in found if kind == b"EXIF"), None)))
    if not kept:
        raise ValueError("the file ends in its header")
    if not xmp and not exif and kept[0][0] != b"VP8X":
        return riff.written(kept)
    flags = _extended(kept)
    flags = flags & ~(riff.XMP | riff.EXIF) | (riff.XMP if xmp else 0) | (riff.EXIF if exif else 0)
    kept[0] = (b"VP8X", bytes([flags]) + kept[0][1][1:])
    own = [(b"EXIF", exif)] if exif else []
    return riff.written(kept + own + ([(b"XMP ", xmp)] if xmp else []))


def _extended(kept: list[tuple[bytes, bytes]]) -> int:
    """Put the header of the extended layout before a file that holds one bare bitstream; its flags."""
    kind, content = kept[0]
    if kind != b"VP8X":
        width, height, alpha = riff.size_of(kind, content)
        flags = riff.ALPHA if alpha else 0
        sides = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
        kept.insert(0, (b"VP8X", struct.pack("<I", flags) + sides))
    return kept[0][1][0]
