"""PNG files that leave us: the chunks that make the picture, and our own mark (PNG specification, 11.3)."""

import zlib

from bot.imaging.containers.exif import minimal_exif, read_exif
from bot.imaging.containers.png_chunks import SIGNATURE, Chunk, chunks, written
from bot.imaging.export.generator_texts import reveals_generation

_KEPT = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV",
     b"cLLI", b"bKGD", b"hIST", b"pHYs", b"acTL", b"fcTL", b"fdAT")
)  # fmt: skip
_TEXTS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf")
_SIGNED = b"caBX"
_XMP = b"XML:com.adobe.xmp\0"
_MOST_TEXT = 1 << 20


def clean_png(data: bytes, xmp: bytes | None) -> bytes:
    """The same pixels with `xmp` as the only text, before them so that readers need not load them."""
    found = list(chunks(data))
    if any(one.kind == _SIGNED for one in found) and not any(_reveals(data, one) for one in found):
        return data
    own = [written(b"iTXt", _XMP + bytes(4) + xmp)] if xmp else []  # not compressed, no language, no keyword
    exif = read_exif(next((one.body(data) for one in found if one.kind == b"eXIf"), None))
    if kept := minimal_exif(exif):
        own.append(written(b"eXIf", kept))
    first = next((index for index, one in enumerate(found) if one.kind == b"IDAT"), len(found))
    head, tail = (
        [data[one.start : one.end] for one in part if one.kind in _KEPT] for part in (found[:first], found[first:])
    )
    return b"".join((SIGNATURE, *head, *own, *tail))


def _reveals(data: bytes, chunk: Chunk) -> bool:
    if chunk.kind not in _TEXTS:
        return False
    body = chunk.body(data, _MOST_TEXT)
    return reveals_generation(body) or reveals_generation(_unpacked(chunk.kind, body))


def _unpacked(kind: bytes, body: bytes) -> bytes:
    """The beginning of a compressed text; b"" for others."""
    _, _, rest = body.partition(b"\0")
    if kind == b"iTXt":
        packed = rest[2:].partition(b"\0")[2].partition(b"\0")[2] if rest[:1] == b"\1" else b""
    else:
        packed = rest[1:] if kind == b"zTXt" else b""
    try:
        return zlib.decompressobj().decompress(packed, _MOST_TEXT)
    except zlib.error:
        return b""
