"""HEIC: colours by its boxes, tiles, turning and mirroring by libheif."""

from typing import Any

import numpy as np
from PIL import Image
from pillow_heif import HeifFile

from bot.imaging.colour.conversion import is_hdr
from bot.imaging.colour.pixels import Pixels
from bot.imaging.colour.spaces import adobe_rgb
from bot.imaging.containers.exif import read_exif
from bot.imaging.containers.heif_boxes import is_sequence, primary_properties
from bot.imaging.decoding.heif_colour import colour_of
from bot.imaging.decoding.opened import OpenedPicture, Target
from bot.imaging.decoding.shrinking import small_array
from bot.imaging.values import PhotoError

_CHANNELS = {"L": 1, "I": 1, "RGB": 3, "RGBA": 4, "RGBa": 4}
"""By the mode, which names the bits behind a semicolon where these are more than 8."""


def open_heic(data: bytes) -> OpenedPicture:
    """Read the header of a HEIC; raises PhotoError, and RuntimeError or ValueError for what libheif does not read."""
    if is_sequence(data):
        raise PhotoError("animated")
    properties = primary_properties(data)
    colour = colour_of(properties)
    image = _primary(data, deep=False)
    if not any(kind == b"colr" for kind, _ in properties) and read_exif(image.info["exif"]).adobe_rgb:
        colour = adobe_rgb()
    depth: int = image.info["bit_depth"]
    width, height = image.size

    def decode(target: Target) -> Pixels:
        return _decoded(data, depth, target, deep=is_hdr(colour))

    return OpenedPicture(
        media_type="image/heic",
        width=width,
        height=height,
        decode=decode,
        colour=colour,
        notes=("depth-reduced",) if depth > 8 else (),
        reduced=True,  # three bytes a pixel: 60 megapixels take what 40 of a PNG take
    )


def _primary(data: bytes, *, deep: bool) -> Any:
    """The picture a HEIC shows first; `deep` keeps more than 8 bits."""
    open_: Any = HeifFile  # its types are in part wrong
    file = open_(data, convert_hdr_to_8bit=not deep, hdr_to_16bit=False, remove_stride=False)
    return file[file.primary_index]


def _decoded(data: bytes, depth: int, target: Target, *, deep: bool) -> Pixels:
    image = _primary(data, deep=deep)
    pixels = image.data  # decodes; the size may be another one afterwards
    width, height = image.size
    kind, _, bits = image.mode.partition(";")
    channels, wide = _CHANNELS[kind], np.uint16 if bits else np.uint8
    rows = np.frombuffer(pixels, np.uint8).reshape(height, image.stride).view(wide)
    shape = (height, width, channels) if channels > 1 else (height, width)
    small = small_array(rows[:, : width * channels].reshape(shape), 2.0**depth - 1, target.longest)
    if image.mode == "RGBa" and isinstance(small, Image.Image):
        return Image.frombytes("RGBa", small.size, small.tobytes()).convert("RGBA")
    return small
