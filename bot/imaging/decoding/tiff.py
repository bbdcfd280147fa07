"""TIFF: the page that is the picture, 8 bits by Pillow, more by OpenCV. A RAW file that is a TIFF goes to `raw`."""

from io import BytesIO

from PIL.TiffImagePlugin import TiffImageFile

from bot.imaging.colour.conversion import needs_depth
from bot.imaging.colour.pixels import Colour, DeepPixels, Pixels
from bot.imaging.colour.spaces import adobe_rgb
from bot.imaging.containers.exif import exif_of
from bot.imaging.containers.raw_structure import picture_page
from bot.imaging.containers.tiff_directories import Directory, Tiff
from bot.imaging.decoding import opencv
from bot.imaging.decoding.opened import OpenedPicture, Target
from bot.imaging.decoding.raw import open_raw_tiff
from bot.imaging.decoding.shrinking import small_array, small_image
from bot.imaging.values import PhotoError

_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC, _SAMPLES, _FORMAT = 256, 257, 258, 259, 262, 277, 339
_TILE_WIDTH, _TILE_HEIGHT, _STRIPS, _TILES, _PROFILE = 322, 323, 273, 324, 34675
_MAKES_PIXELS = frozenset(
    (*range(256, 260), 262, 266, 273, *range(277, 280), 284, 292, 293, 317, 320, *range(322, 326), 332, 334, 336, 338,
     339, 340, 341, 347, *range(512, 516), *range(519, 522), *range(529, 533))
)  # fmt: skip
_MOST_PARTS = 40_000
"""Strips or tiles: one for each row of the longest picture, or 40 megapixels in tiles of 32 x 32."""
_WHITE_IS_ZERO, _GREY, _RGB, _CMYK = 0, 1, 2, 5
_UNSIGNED, _FLOAT = 1, 3


def open_tiff(data: bytes) -> OpenedPicture:
    """Read the directories of a TIFF; raises PhotoError."""
    tiff = Tiff(data)
    if not tiff.directory(tiff.first).entries:
        raise PhotoError("truncated")
    directory = picture_page(tiff, data)
    if directory is None:
        return open_raw_tiff(data, tiff)
    width, height = tiff.number(directory, _WIDTH), tiff.number(directory, _HEIGHT)
    if not width or not height or _parts(directory) > _MOST_PARTS:
        raise PhotoError("truncated")
    exif = exif_of(tiff, directory)
    colour: Colour = tiff.content(directory, _PROFILE) or (adobe_rgb() if exif.adobe_rgb else None)
    bits, kind = tiff.number(directory, _BITS, 1), tiff.number(directory, _PHOTOMETRIC)
    by_opencv = _is_for_opencv(tiff, directory, colour)
    # Without its orientation neither decoder turns the picture, and without its other pages none looks for them.
    lean = tiff.rewritten(directory, _MAKES_PIXELS)

    def decode(target: Target) -> Pixels:
        if not by_opencv:
            return _eight_bit(lean, target)
        deep = _deep(lean, target)
        return _inverted(deep) if kind == _WHITE_IS_ZERO else deep

    return OpenedPicture(
        media_type="image/tiff",
        width=width,
        height=height,
        decode=decode,
        colour=colour,
        orientation=exif.orientation,
        notes=("cmyk-converted",) if kind == _CMYK else ("depth-reduced",) if bits > 8 else (),
        pixel_bytes=bits * tiff.number(directory, _SAMPLES, 1) // 8 if by_opencv else 4,
        held=tiff.number(directory, _TILE_WIDTH) * tiff.number(directory, _TILE_HEIGHT),
    )


def _parts(directory: Directory) -> int:
    return max((directory.entries[tag].count for tag in (_STRIPS, _TILES) if tag in directory.entries), default=0)


def _is_for_opencv(tiff: Tiff, directory: Directory, colour: Colour) -> bool:
    """Whether Pillow cannot read the numbers, or would lose bits that count: it keeps 8 of a colour's."""
    bits, format_ = tiff.number(directory, _BITS, 1), tiff.number(directory, _FORMAT, _UNSIGNED)
    kind = tiff.number(directory, _PHOTOMETRIC)
    if (bits, format_) == (16, _FLOAT) or bits not in (16, 32, 64) or kind not in (_WHITE_IS_ZERO, _GREY, _RGB):
        return False
    return format_ != _UNSIGNED or bits > 16 or kind != _RGB or needs_depth(colour)


def _eight_bit(lean: bytes, target: Target) -> Pixels:
    try:
        image = TiffImageFile(BytesIO(lean))
    except SyntaxError as exc:  # a kind of TIFF that nobody shows
        raise PhotoError("not_a_photo") from exc
    return small_image(image, target.longest)


def _deep(lean: bytes, target: Target) -> DeepPixels:
    values = opencv.decoded(lean)
    white = 65535.0 if values.dtype.name == "uint16" else None
    pixels = small_array(values, white, target.longest, bgr=True)
    assert isinstance(pixels, DeepPixels), "it was asked for because of its bits"
    return pixels


def _inverted(pixels: DeepPixels) -> DeepPixels:
    white = pixels.values.dtype.type(pixels.white)
    return DeepPixels(white - pixels.values, pixels.white)
