"""WebP."""

from bot.imaging.colour.pixels import Colour, Pixels
from bot.imaging.colour.spaces import adobe_rgb
from bot.imaging.containers import riff_chunks as riff
from bot.imaging.containers.exif import read_exif
from bot.imaging.decoding import opencv
from bot.imaging.decoding.opened import OpenedPicture, Target
from bot.imaging.decoding.shrinking import small_array
from bot.imaging.values import PhotoError

_MAKES_PIXELS = (b"VP8X", b"ALPH", b"VP8 ", b"VP8L")
_MISSING = 0.01
"""The part of the coded pixels that may be missing at the end."""


def open_webp(data: bytes) -> OpenedPicture:
    """Read the header of a WebP; raises PhotoError and struct.error."""
    found = list(riff.chunks(data))
    contents = {kind: data[start : start + length] for kind, start, length in reversed(found)}
    head = next((kind for kind, _, _ in found if kind in (b"VP8X", b"VP8 ", b"VP8L")), None)
    if head is None:
        raise PhotoError("truncated")
    width, height, _ = riff.size_of(head, contents[head])
    exif = read_exif(contents.get(b"EXIF"))
    colour: Colour = contents.get(b"ICCP") or (adobe_rgb() if exif.adobe_rgb else None)
    lean = riff.written(_completed(data, found))

    def decode(target: Target) -> Pixels:
        return small_array(opencv.decoded(lean), None, target.longest, bgr=True)

    moves = sum(kind == b"ANMF" for kind, _, _ in found) > 1
    return OpenedPicture("image/webp", width, height, decode, colour, exif.orientation, moves=moves)


def _completed(data: bytes, found: list[tuple[bytes, int, int]]) -> list[tuple[bytes, bytes]]:
    """The chunks that make pixels; a few bytes that are missing at the end become zeros. Raises PhotoError."""
    frames = [kind for kind, _, _ in found if kind == b"ANMF"]
    kept = []
    for kind, start, length in found:
        if kind not in (*_MAKES_PIXELS, *frames, b"ANIM"):
            continue
        content = data[start : start + length]
        if len(content) < length * (1 - _MISSING):
            raise PhotoError("truncated")
        kept.append((kind, content.ljust(length, b"\0")))
    return kept
