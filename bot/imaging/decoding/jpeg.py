"""JPEG: decoded to a part of its size at once where less is wanted, without whatever else the file carries."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from bot.imaging.colour.pixels import Colour, Pixels
from bot.imaging.colour.spaces import adobe_rgb
from bot.imaging.containers import jpeg_segments as jpeg
from bot.imaging.containers.exif import Exif, read_exif
from bot.imaging.containers.jpeg_segments import Frame, Segment
from bot.imaging.decoding.cut_jpeg import completed, looks_cut
from bot.imaging.decoding.opened import OpenedPicture, Target
from bot.imaging.resizing import fitted, shrunk
from bot.imaging.values import PhotoError

_MOST_SCANS = 100
"""Scans of a progressive picture; encoders write about ten, and each costs a walk through the whole picture."""


def open_jpeg(data: bytes, fallback: Exif | None = None) -> OpenedPicture:
    """Read the header of a JPEG; `fallback` stands in for EXIF it does not have. Raises PhotoError."""
    segments = list(jpeg.header(data))
    frame = jpeg.frame_of(data, segments)
    if frame is None or segments[-1].marker != jpeg.SOS:
        raise PhotoError("truncated")
    if not frame.decodable:
        raise PhotoError("not_a_photo")
    scans = segments[-1]
    if frame.progressive and _scans(data, scans) > _MOST_SCANS:
        raise PhotoError("truncated")
    exif = _exif(data, segments) or fallback or Exif()
    kept = [data[one.start : one.end] for one in segments[:-1] if jpeg.makes_pixels(data, one)]
    lean = b"".join((b"\xff\xd8", *kept, memoryview(data)[scans.start :]))
    return OpenedPicture(
        media_type="image/jpeg",
        width=frame.width,
        height=frame.height,
        decode=lambda target: _decoded(lean, frame, target),
        colour=_colour(data, segments, exif),
        orientation=exif.orientation,
        notes=("cmyk-converted",) if frame.components == 4 else (),
        reduced=True,
    )


def _exif(data: bytes, segments: list[Segment]) -> Exif | None:
    for one in segments:
        if one.marker == jpeg.APP1 and data.startswith(jpeg.EXIF, one.body):
            return read_exif(one.content(data))
    return None


def _colour(data: bytes, segments: list[Segment], exif: Exif) -> Colour:
    """An ICC profile whose parts are all there, else what EXIF says."""
    parts: dict[int, bytes] = {}
    count = 0
    for one in segments:
        if one.marker == jpeg.APP2 and data.startswith(jpeg.ICC, one.body) and one.end - one.body > len(jpeg.ICC) + 2:
            content = one.content(data)[len(jpeg.ICC) :]
            count = content[1]
            parts.setdefault(content[0], content[2:])
    if parts and len(parts) == count:
        return b"".join(parts[number] for number in sorted(parts))
    return adobe_rgb() if exif.adobe_rgb else None


def _scans(data: bytes, first: Segment) -> int:
    """How many scans a picture has; counted one by one only where it may be too many."""
    if data.count(b"\xff\xda", first.start) <= _MOST_SCANS:
        return 1
    count = 1
    for one in jpeg.behind_scans(data, first.end):
        count += one.marker == jpeg.SOS
        if count > _MOST_SCANS:
            break
    return count


def _decoded(lean: bytes, frame: Frame, target: Target) -> Pixels:
    def decode(file: bytes) -> Image.Image:
        image = JpegImageFile(BytesIO(file))
        # Decodes at a half, a quarter or an eighth. Must ask for the final size: Pillow's thumbnail()
        # asks for twice as much and decodes up to four times the pixels.
        image.draft(None, fitted(image.size, target.enough if max(image.size) > target.longest else target.longest))
        image.load()
        return image

    image = _whole(lean, decode) or completed(lean, frame.height, decode)
    return shrunk(image, target.longest)


def _whole(lean: bytes, decode: Callable[[bytes], Image.Image]) -> Image.Image | None:
    """The picture in a JPEG to which nothing seems to be missing."""
    if lean.rfind(jpeg.END) < 0:
        return None
    try:
        image = decode(lean)
    except OSError:
        return None
    return None if looks_cut(image) else image
