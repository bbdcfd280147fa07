"""Taking in a person's photo."""

from io import BytesIO

from PIL import Image

from bot.imaging.colour.conversion import flat
from bot.imaging.copies.thumbnails import encoded, small
from bot.imaging.decoding.reading import UPLOADED, read
from bot.imaging.faces import FaceDetector
from bot.imaging.hashes import phash, sha256
from bot.imaging.values import Face, Note, PhotoIn

LONGEST = 2048
"""Pixels on the long side of a stored photo: what image models make use of."""

_ENOUGH = 1600
"""Pixels on the long side that will do where making them exactly 2,048 takes four times as long: photos of phones,
about 4,000 px wide, are decoded at half their size."""
_QUALITY = 93
_SMALL_FACE = 112
"""Short side in px below which a face says too little: ArcFace and its kin look at 112 x 112."""


def intake(data: bytes, detector: FaceDetector) -> PhotoIn:
    """The photo in `data` as it is stored; raises PhotoError."""
    reading = read(data, LONGEST, UPLOADED, enough=_ENOUGH)
    image = reading.image
    stored, media_type = _stored(image)
    thumbnail = small(image)
    faces = detector.find(flat(image))
    return PhotoIn(
        data=stored,
        media_type=media_type,
        width=image.width,
        height=image.height,
        sha256=sha256(stored),
        phash=phash(thumbnail),
        thumbnail=encoded(thumbnail),
        faces=faces,
        notes=reading.notes + _face_notes(faces),
    )


def _stored(image: Image.Image) -> tuple[bytes, str]:
    """The pixels alone, without any metadata: a PNG if transparent, else a JPEG."""
    out = BytesIO()
    image.info = {}
    if image.mode == "RGBA":
        image.save(out, "PNG")
        return out.getvalue(), "image/png"
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue(), "image/jpeg"


def _face_notes(faces: tuple[Face, ...]) -> tuple[Note, ...]:
    several: tuple[Note, ...] = ("several-faces",) if len(faces) > 1 else ()
    tiny: tuple[Note, ...] = ("face-small",) if faces and min(faces[0].width, faces[0].height) < _SMALL_FACE else ()
    return several + tiny
