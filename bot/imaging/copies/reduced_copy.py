"""Making a stored photo as small as a model needs it."""

from io import BytesIO

from PIL import Image

from bot.imaging.decoding.reading import GENERATED, read

_ENOUGH = 0.8
"""The part of the wanted size that will do where decoding a JPEG at half its size leaves that much."""
_QUALITY = 90


def opaque_photo(data: bytes, longest: int) -> tuple[bytes, str]:
    """The photo as JPEG on white with its long side at most `longest` px, and its media type; raises PhotoError."""
    image = read(data, longest, GENERATED, enough=round(longest * _ENOUGH)).image
    if image.mode == "RGBA":
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        image = white
    out = BytesIO()
    image.info = {}
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue(), "image/jpeg"


def fitted_photo(data: bytes, longest: int) -> tuple[bytes, str]:
    """The photo with its long side at most `longest` px, and its media type; raises PhotoError."""
    image = read(data, longest, GENERATED, enough=round(longest * _ENOUGH)).image
    out = BytesIO()
    image.info = {}
    if image.mode == "RGBA":
        image.save(out, "PNG")
        return out.getvalue(), "image/png"
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue(), "image/jpeg"
