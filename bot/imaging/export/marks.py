"""Writing into a finished file where its picture comes from, without touching anything else in it.

The XMP packet goes where the XMP specification, part 3, puts it: a PNG's iTXt chunk, a JPEG's APP1 segment,
a WebP's XMP chunk. A file that has a packet already keeps its own, and one signed with Content Credentials
(C2PA) is left alone, because its signature covers every byte and says where the picture comes from itself.
"""

import struct
import zlib
from collections.abc import Iterator

from bot.imaging.containers.signatures import recognised
from bot.imaging.export.xmp import packet
from bot.imaging.values import Mark, PhotoError

AI_GENERATED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
ALGORITHMICALLY_ENHANCED = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced"

_PNG_SIGNATURE = 8
_PNG_XMP = b"XML:com.adobe.xmp\0"
_JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_FILL, _APP0, _APP1, _APP11, _SOS = 0xFF, 0xE0, 0xE1, 0xEB, 0xDA
_VP8X_XMP, _VP8X_ALPHA = 0x04, 0x10


def marked(data: bytes, mark: Mark) -> bytes:
    """`data` with `mark` as XMP; unchanged if marked or signed already, or neither PNG, JPEG nor WebP.

    Raises PhotoError if the file ends too early.
    """
    format_ = recognised(data)
    try:
        match format_.media_type if format_ else None:
            case "image/png":
                return _png(data, packet(mark))
            case "image/jpeg":
                return _jpeg(data, packet(mark))
            case "image/webp":
                return _webp(data, packet(mark))
            case _:
                return data
    except (struct.error, IndexError) as exc:
        raise PhotoError("truncated") from exc


def _png(data: bytes, xmp: bytes) -> bytes:
    """A PNG with an uncompressed iTXt chunk just before the pixels (PNG specification, 11.3.3.4)."""
    place = None
    at = _PNG_SIGNATURE
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"caBX" or (kind == b"iTXt" and data.startswith(_PNG_XMP, at + 8)):
            return data
        if kind == b"IDAT" and place is None:
            place = at
        at += length + 12
    if place is None:
        raise PhotoError("truncated")
    body = b"iTXt" + _PNG_XMP + bytes(4) + xmp  # not compressed, no language, no translated keyword
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:place] + chunk + data[place:]


def _jpeg(data: bytes, xmp: bytes) -> bytes:
    """A JPEG with an APP1 segment behind JFIF and EXIF, which must come first."""
    place = at = 2
    while (marker := data[at + 1]) != _SOS:
        if marker == _FILL:
            at += 1
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        body = data[at + 4 : at + 2 + length]
        if (marker == _APP11 and b"c2pa" in body) or (marker == _APP1 and body.startswith(_JPEG_XMP)):
            return data
        at += 2 + length
        if marker == _APP0 or (marker == _APP1 and body.startswith(b"Exif\0")):
            place = at
    segment = struct.pack(">BBH", _FILL, _APP1, len(_JPEG_XMP) + len(xmp) + 2) + _JPEG_XMP + xmp
    return data[:place] + segment + data[place:]


def _webp(data: bytes, xmp: bytes) -> bytes:
    """A WebP with an XMP chunk at its end, in the extended layout (WebP container specification)."""
    chunks = list(_chunks(data))
    if any(kind in (b"XMP ", b"C2PA") for kind, _ in chunks):
        return data
    if chunks[0][0] != b"VP8X":
        chunks.insert(0, (b"VP8X", _vp8x(*chunks[0])))
    flags = chunks[0][1]
    chunks[0] = (b"VP8X", bytes([flags[0] | _VP8X_XMP]) + flags[1:])
    chunks.append((b"XMP ", xmp))
    body = b"".join(
        kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2) for kind, content in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    (size,) = struct.unpack_from("<I", data, 4)
    at, end = 12, min(len(data), size + 8)
    while at < end:
        kind, length = struct.unpack_from("<4sI", data, at)
        yield kind, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _vp8x(kind: bytes, content: bytes) -> bytes:
    """The header of the extended layout for a file that holds one bare bitstream."""
    alpha = False
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 1)
        width, height, alpha = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bool(bits >> 28 & 1)
    else:
        across, down = struct.unpack_from("<HH", content, 6)
        width, height = across & 0x3FFF, down & 0x3FFF
    flags = _VP8X_ALPHA if alpha else 0
    return struct.pack("<I", flags) + _three_bytes(width - 1) + _three_bytes(height - 1)


def _three_bytes(number: int) -> bytes:
    return struct.pack("<I", number)[:3]
