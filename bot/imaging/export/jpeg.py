"""JPEG files that leave us: the segments that make the picture, and our own mark.

XMP stands in an APP1 segment behind JFIF and EXIF, which must come first (XMP specification, part 3, 1.1.3).
"""

from itertools import takewhile

from bot.imaging.containers import jpeg_segments as jpeg
from bot.imaging.containers.exif import minimal_exif, read_exif
from bot.imaging.containers.jpeg_segments import Segment
from bot.imaging.export.generator_texts import reveals_generation


def clean_jpeg(data: bytes, xmp: bytes | None) -> bytes:
    """The same pixels with `xmp` as the only text; what stands behind the picture goes. Raises ValueError."""
    segments = list(jpeg.header(data))
    if not segments or segments[-1].marker != jpeg.SOS:
        raise ValueError("the file ends in its header")
    foreign = [one for one in segments if _is_foreign(data, one)]
    if _signed(data, foreign) and not any(reveals_generation(one.content(data)) for one in foreign):
        return data
    exif = next((one.content(data) for one in foreign if data.startswith(jpeg.EXIF, one.body)), None)
    own = []
    if kept := minimal_exif(read_exif(exif)):
        own.append(jpeg.written(jpeg.APP1, jpeg.EXIF + kept))
    if xmp:
        own.append(jpeg.written(jpeg.APP1, jpeg.XMP + xmp))
    rest = [one for one in segments[:-1] if one not in foreign]
    jfif = list(takewhile(lambda one: one.marker == jpeg.APP0, rest))
    head, tail = ([data[one.start : one.end] for one in part] for part in (jfif, rest[len(jfif) :]))
    return b"".join((b"\xff\xd8", *head, *own, *tail, _scans(data, segments[-1])))


def _is_foreign(data: bytes, segment: Segment) -> bool:
    profile = segment.marker == jpeg.APP2 and data.startswith(jpeg.ICC, segment.body)
    return not profile and not jpeg.makes_pixels(data, segment)


def _signed(data: bytes, segments: list[Segment]) -> bool:
    return any(one.marker == jpeg.APP11 and b"c2pa" in one.content(data) for one in segments)


def _scans(data: bytes, first: Segment) -> bytes:
    """Everything from the first scan to the end of the picture, without comments in between."""
    parts, start = [], first.start
    for one in jpeg.behind_scans(data, first.end):
        if one.marker in jpeg.METADATA:
            parts.append(data[start : one.start])
            start = one.end
        if one.marker == jpeg.EOI:
            parts.append(data[start : one.end])
            break
    else:
        parts.append(data[start:])
    return b"".join(parts)
