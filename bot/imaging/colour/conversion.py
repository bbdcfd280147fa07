"""From whatever a file stores to 8-bit sRGB."""

from io import BytesIO

import numpy as np
from PIL import Image, ImageCms

_GREY = (232, 232, 235)
"""What shows through transparent pictures where transparency cannot be: pale, but white still stands out."""

_DIRECT = ("L", "LA", "RGB", "RGBA", "CMYK")


def eight_bit(image: Image.Image) -> Image.Image:
    """`image` as L, LA, RGB, RGBA or CMYK, which can be resized without loss of colours or transparency."""
    if image.mode.startswith("I;16"):
        # Pillow would cut everything above 255 to white.
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("I", "F"):
        return _stretched(image)
    if image.mode in _DIRECT and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """An 8-bit `image` as sRGB, by its ICC `profile` where that fits: RGBA if really transparent, else RGB."""
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    if alpha is not None:
        image = image.convert("L" if image.mode == "LA" else "RGB")
    managed = _managed(image, profile) if profile else None
    colours = managed or image.convert("RGB")
    if alpha is not None and alpha.getextrema() != (255, 255):
        colours.putalpha(alpha)
    return colours


def flat(image: Image.Image) -> Image.Image:
    """An RGB or RGBA `image` without transparency, on pale grey."""
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, _GREY)
    ground.paste(image, mask=image)
    return ground


def _stretched(image: Image.Image) -> Image.Image:
    """A picture of 32-bit numbers, whose range no file tells, from its darkest to its brightest value."""
    values = np.nan_to_num(np.asarray(image, dtype=np.float32), posinf=0, neginf=0)
    low, high = float(values.min()), float(values.max())
    scale = 255 / (high - low) if high > low else 0.0
    return Image.fromarray(((values - low) * scale).round().astype(np.uint8))


def _managed(image: Image.Image, profile: bytes) -> Image.Image | None:
    """`image` converted by `profile`; None if that is sRGB already, unreadable or made for other colours."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return None
        return ImageCms.profileToProfile(
            image,
            source,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError):
        return None
