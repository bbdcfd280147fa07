"""PNG: its colours, and its pixels without whatever else the file carries.

The decoders see the chunks that make pixels and no others, so that long texts, broken profiles and private chunks cost
nothing.
"""

import struct
import zlib
from io import BytesIO
from itertools import takewhile

from PIL.PngImagePlugin import PngImageFile

from bot.imaging.colour.conversion import needs_depth
from bot.imaging.colour.pixels import Colour, Pixels
from bot.imaging.colour.primaries import Point
from bot.imaging.colour.spaces import adobe_rgb, by_code, by_gamma
from bot.imaging.containers.exif import Exif, read_exif
from bot.imaging.containers.png_chunks import SIGNATURE, Chunk, chunks, inflated, written
from bot.imaging.decoding import opencv
from bot.imaging.decoding.opened import OpenedPicture, Target
from bot.imaging.decoding.shrinking import small_array, small_image
from bot.imaging.values import PhotoError

_MAKES_PIXELS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT")
_LARGEST_PROFILE = 8 << 20
"""Bytes of an unpacked ICC profile; the largest in use, of presses, have 3 MB."""
_LARGEST_EXIF = 1 << 20
_MISSING = 0.02
"""The part of the pixels that may be missing at the end of a picture which is taken all the same."""
_DEEPEST = 20_000_000
"""Pixels of a picture that is decoded to 16 bits for each of four channels; larger ones lose their lowest bits."""
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_AT_ONCE = 1 << 20
_ZLIB_HEADER = 2


def open_png(data: bytes) -> OpenedPicture:
    """Read the header of a PNG; raises PhotoError and struct.error."""
    found = list(chunks(data))
    if not found or found[0].kind != b"IHDR":
        raise PhotoError("not_a_photo" if found and found[0].kind == b"CgBI" else "truncated")
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", found[0].body(data))
    exif = read_exif(_first(data, found, b"eXIf", _LARGEST_EXIF))
    colour = _colour(data, found, exif)
    lean = _lean(data, found)
    rows = height * ((width * depth * _CHANNELS.get(kind, 4) + 7) // 8 + 1)

    def decode(target: Target) -> Pixels:
        if depth == 16 and (kind == 0 or (needs_depth(colour) and width * height <= _DEEPEST)):
            return small_array(opencv.decoded(lean), 65535, target.longest, bgr=True)
        return _eight_bit(lean, rows, target, interlaced=bool(interlaced))

    return OpenedPicture(
        media_type="image/png",
        width=width,
        height=height,
        decode=decode,
        colour=colour,
        orientation=exif.orientation,
        notes=("depth-reduced",) if depth == 16 else (),
        moves=_frames(data, found) > 1,
    )


def _lean(data: bytes, found: list[Chunk]) -> bytes:
    """The chunks that make pixels; one that the file's end cuts is closed there."""
    kept = [
        data[one.start : one.end] if one.end <= len(data) else written(one.kind, data[one.start + 8 : one.end - 4])
        for one in found
        if one.kind in _MAKES_PIXELS
    ]
    return b"".join((SIGNATURE, *kept, written(b"IEND", b"")))


def _frames(data: bytes, found: list[Chunk]) -> int:
    """How many pictures an animation has; one that is announced behind the pixels is none."""
    for one in found:
        if one.kind == b"IDAT":
            break
        if one.kind == b"acTL":
            return int.from_bytes(one.body(data, 4), "big")
    return 1


def _first(data: bytes, found: list[Chunk], kind: bytes, most: int | None = None) -> bytes | None:
    return next((one.body(data, most) for one in found if one.kind == kind), None)


def _colour(data: bytes, found: list[Chunk], exif: Exif) -> Colour:
    """What colours the numbers are, in the order in which the PNG specification (third edition, 4.3) ranks chunks.

    Those behind the pixels do not count.
    """
    found = list(takewhile(lambda one: one.kind != b"IDAT", found))
    code = _first(data, found, b"cICP")
    if code is not None and len(code) == 4:
        return by_code(code[0], code[1], narrow=not code[3])
    packed = _first(data, found, b"iCCP")
    if packed is not None and (profile := _profile(packed)) is not None:
        return profile
    if any(one.kind == b"sRGB" for one in found):
        return None
    gamma = _first(data, found, b"gAMA")
    if gamma is not None and len(gamma) == 4 and any(gamma):
        return by_gamma(int.from_bytes(gamma, "big") / 100_000, _chromaticities(_first(data, found, b"cHRM")))
    return adobe_rgb() if exif.adobe_rgb else None


def _profile(packed: bytes) -> bytes | None:
    _, _, rest = packed.partition(b"\0")
    return inflated(rest[1:], _LARGEST_PROFILE) if rest[:1] == b"\0" else None


def _chromaticities(chunk: bytes | None) -> tuple[Point, Point, Point, Point] | None:
    """Red, green, blue and white of a cHRM chunk."""
    if chunk is None or len(chunk) != 32:
        return None
    values = [value / 100_000 for value in struct.unpack(">8I", chunk)]
    white, red, green, blue = zip(values[::2], values[1::2], strict=True)
    return red, green, blue, white


def _eight_bit(lean: bytes, expected: int, target: Target, *, interlaced: bool) -> Pixels:
    image = PngImageFile(BytesIO(lean))
    try:
        image.load()
    except OSError:
        least = 1.0 if interlaced else 1 - _MISSING  # what an interlaced file lacks is missing everywhere
        if _unpacked(lean) < expected * least:
            raise
        image.tile = []  # the rows that came are there
    return small_image(image, target.longest)


def _unpacked(lean: bytes) -> int:
    """How many bytes of pixels a file holds; the checksum at their end is not asked, as browsers do not."""
    stream, total, header = zlib.decompressobj(-zlib.MAX_WBITS), 0, _ZLIB_HEADER
    for one in chunks(lean):
        rest = one.body(lean) if one.kind == b"IDAT" else b""
        header, rest = max(0, header - len(rest)), rest[header:]
        while rest and not stream.eof:
            try:
                total += len(stream.decompress(rest, _AT_ONCE))
            except zlib.error:
                return total
            rest = stream.unconsumed_tail
    return total
