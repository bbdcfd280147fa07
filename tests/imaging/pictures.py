"""Pictures made in code, and the two photographs the tests share."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import ExifTags, Image, ImageDraw

PHOTOS = Path(__file__).parents[1] / "photos"
WOMAN = PHOTOS / "woman.jpg"
MAN = PHOTOS / "man.jpg"


def scene(width: int = 320, height: int = 240, seed: int = 0) -> Image.Image:
    """A colourful picture without a face, another one for every seed."""
    dice = np.random.default_rng(seed)
    image = Image.fromarray(dice.integers(30, 255, (5, 5, 3)).astype(np.uint8)).resize((width, height))
    draw = ImageDraw.Draw(image)
    for _ in range(4):
        x, y = int(dice.integers(width)), int(dice.integers(height))
        radius = int(dice.integers(width // 12 + 1, width // 5 + 2))
        red, green, blue = (int(value) for value in dice.integers(0, 255, 3))
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(red, green, blue))
    return image


def corners(width: int = 320, height: int = 240) -> Image.Image:
    """Four flat quarters: red and green above, blue and white below."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill="red")
    draw.rectangle((width // 2, 0, width, height // 2 - 1), fill="lime")
    draw.rectangle((0, height // 2, width // 2 - 1, height), fill="blue")
    return image


def cutout(width: int = 320, height: int = 240) -> Image.Image:
    """A scene whose left half can be seen through."""
    image = scene(width, height).convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, width // 2, height))
    return image


def saved(image: Image.Image, format_: str, **options: object) -> bytes:
    """The file an image becomes."""
    if format_ == "HEIF":
        pillow_heif.register_heif_opener()  # for writing; we read without it
    out = BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def located(orientation: int = 1) -> bytes:
    """What a phone writes: how it was held, its make, and where it was."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Phone"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)})
    return exif.tobytes()


def seen_at(data: bytes, x: float, y: float) -> tuple[int, int, int]:
    """The colour at a place given as fractions of width and height."""
    image = opened(data).convert("RGB")
    pixel = image.getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(pixel, tuple)
    red, green, blue = (int(value) for value in pixel)
    return red, green, blue


def near(one: tuple[int, ...], other: tuple[int, ...], within: int = 12) -> bool:
    return all(abs(a - b) <= within for a, b in zip(one, other, strict=True))


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG of exactly these chunks."""
    parts = [b"\x89PNG\r\n\x1a\n"]
    for kind, body in chunks:
        parts += [struct.pack(">I", len(body)), kind, body, struct.pack(">I", zlib.crc32(kind + body))]
    return b"".join(parts)


def png_header(width: int, height: int) -> tuple[bytes, bytes]:
    return b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
