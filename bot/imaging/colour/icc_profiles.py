"""ICC profiles (ICC.1:2022): what they say of primaries and curves, and conversion through LittleCMS."""

import struct
from collections.abc import Callable
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms

from bot.imaging.colour import primaries, transfers
from bot.imaging.colour.spaces import RgbSpace, by_code, space
from bot.imaging.colour.transfers import Array, Transfer

_HEADER, _ENTRY = 128, 12
_MOST_TAGS = 200
_MODES = {b"RGB ": ("RGB",), b"GRAY": ("L",), b"CMYK": ("CMYK",)}
_POINTS = 4096
"""Points at which a parametric curve is sampled."""
_GRID = 9
"""Steps per channel at which a profile is compared with sRGB."""
_SAME = 1
"""The most by which a profile may differ from sRGB, of 255, and still leave the numbers as they are."""


def rgb_space(profile: bytes) -> RgbSpace | None:
    """What an RGB or grey profile of matrix and curves says; None for tables, other colours and broken profiles.

    A `cicp` tag (10.5) that names an HDR transfer comes first: such profiles carry a rough table for older programs.
    """
    tags = _tags(profile)
    if (named := _by_cicp(tags)) is not None:
        return named
    try:
        if profile[16:20] == b"GRAY":
            return space(primaries.SRGB, _transfer(tags[b"kTRC"]))
        if b"A2B0" in tags or profile[16:20] != b"RGB ":
            return None
        matrix = np.stack([_xyz(tags[name]) for name in (b"rXYZ", b"gXYZ", b"bXYZ")], axis=1)
        red, green, blue = (_transfer(tags[name]) for name in (b"rTRC", b"gTRC", b"bTRC"))
        return RgbSpace(matrix, (red, green, blue))
    except (LookupError, struct.error, ValueError):
        return None


def converted(image: Image.Image, profile: bytes) -> Image.Image | None:
    """An L, RGB or CMYK `image` as sRGB; None if the profile is sRGB itself, unreadable or made for other colours."""
    if image.mode == "L" and profile[16:20] == b"RGB ":
        image = image.convert("RGB")
    if image.mode not in _MODES.get(profile[16:20], ()):
        return None
    try:
        transform = ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            image.mode,
            "RGB",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        if image.mode == "RGB" and _changes_nothing(transform):
            return None
        return ImageCms.applyTransform(image, transform)
    except (ImageCms.PyCMSError, OSError):
        return None


def from_lab(image: Image.Image) -> Image.Image:
    """An `image` in CIELAB under D50 as sRGB."""
    lab, srgb = ImageCms.createProfile("LAB", 5000), ImageCms.createProfile("sRGB")
    transform = ImageCms.buildTransform(lab, srgb, "LAB", "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC)
    made = ImageCms.applyTransform(image, transform)
    assert made is not None, "it is only None when it works in place"
    return made


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Whether a transform leaves RGB numbers as they are: the profile says sRGB, whatever it is called."""
    steps = np.linspace(0, 255, _GRID).round().astype(np.uint8)
    grid = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(_GRID, -1, 3)
    after = ImageCms.applyTransform(Image.fromarray(grid), transform)
    assert after is not None, "it is only None when it works in place"
    return int(np.abs(np.asarray(after).astype(int) - grid).max()) <= _SAME


def _tags(profile: bytes) -> dict[bytes, bytes]:
    """Content by signature; () if the profile is cut."""
    if len(profile) < _HEADER + 4:
        return {}
    (count,) = struct.unpack_from(">I", profile, _HEADER)
    last = (len(profile) - _HEADER - 4) // _ENTRY
    entries = (_HEADER + 4 + _ENTRY * index for index in range(min(count, last, _MOST_TAGS)))
    found = (struct.unpack_from(">4sII", profile, at) for at in entries)
    return {name: profile[start : start + size] for name, start, size in found}


def _by_cicp(tags: dict[bytes, bytes]) -> RgbSpace | None:
    content = tags.get(b"cicp", b"")
    named = by_code(content[8], content[9], narrow=not content[11]) if len(content) >= 12 else None
    return named if named and named.hdr else None


def _xyz(content: bytes) -> Array:
    return np.array(struct.unpack_from(">3i", content, 8)) / 65536


def _transfer(content: bytes) -> Transfer:
    """A `curv` or `para` tag (10.6, 10.18); raises ValueError for another type."""
    if content[:4] == b"para":
        return _parametric(content)
    if content[:4] != b"curv":
        raise ValueError("no curve")
    (count,) = struct.unpack_from(">I", content, 8)
    if count == 0:
        return transfers.LINEAR
    if count == 1:
        return transfers.gamma(struct.unpack_from(">H", content, 12)[0] / 256)
    return transfers.table(np.frombuffer(content, ">u2", count, 12).astype(np.float32) / 65535)


def _parametric(content: bytes) -> Transfer:
    (kind,) = struct.unpack_from(">H", content, 8)
    count = (1, 3, 4, 5, 7)[kind]
    given = [value / 65536 for value in struct.unpack_from(f">{count}i", content, 12)]
    g, a, b, c, d, e, f = given + [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0][count:]
    forms: tuple[Callable[[], tuple[float, float, float, float]], ...] = (
        lambda: (0.0, 0.0, 0.0, 0.0),  # limit, slope and offset below it, offset above
        lambda: (-b / a if a else 0.0, 0.0, 0.0, 0.0),
        lambda: (-b / a if a else 0.0, 0.0, c, c),
        lambda: (d, c, 0.0, 0.0),
        lambda: (d, c, f, e),
    )
    limit, slope, below, above = forms[kind]()
    stored = np.linspace(0, 1, _POINTS)
    power = np.power(np.maximum(a * stored + b, 0), g) + above
    return transfers.table(np.where(stored >= limit, power, slope * stored + below).clip(0, 1).astype(np.float32))
