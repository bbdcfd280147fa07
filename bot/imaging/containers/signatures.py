"""The picture formats we take, told apart by their first bytes and never by a file's name."""

import re
from dataclasses import dataclass

from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile
from pillow_heif import HeifImageFile

_HEAD = 64
"""Bytes a signature may look at."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its media type, how it begins, Pillow's reader, and whether it can move."""

    media_type: str
    signature: re.Pattern[bytes]
    reader: type[ImageFile]
    moving: bool = False


def _format(media_type: str, signature: bytes, reader: type[ImageFile], *, moving: bool = False) -> Format:
    return Format(media_type, re.compile(signature, re.DOTALL), reader, moving)


# The readers are called directly: Image.open() would warn of large pictures before their size can be read,
# and HEIF would have to be registered with Pillow as a whole. A JPEG reader takes the first frame of an MPO,
# and of a HEIF with several pictures the primary one is read, so neither counts as moving.
FORMATS: tuple[Format, ...] = (
    _format("image/jpeg", rb"\xff\xd8\xff", JpegImageFile),
    _format("image/png", rb"\x89PNG\r\n\x1a\n", PngImageFile, moving=True),
    _format("image/webp", rb"RIFF.{4}WEBP", WebPImageFile, moving=True),
    _format("image/gif", rb"GIF8[79]a", GifImageFile, moving=True),
    _format("image/avif", rb".{4}ftyp(?:avi[fs]|m[is]f1.{4}(?:.{4})*?avi[fs])", AvifImageFile, moving=True),
    _format("image/heic", rb".{4}ftyp(?:he[iv][cxms]|m[is]f1)", HeifImageFile),
    _format("image/tiff", rb"II[*+]\0|MM\0[*+]", TiffImageFile),
    _format("image/bmp", rb"BM.{4}\0{4}", BmpImageFile),
)


def recognised(data: bytes) -> Format | None:
    """The format `data` begins like, or None."""
    head = data[:_HEAD]
    return next((format_ for format_ in FORMATS if format_.signature.match(head)), None)
