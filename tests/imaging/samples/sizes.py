"""Photos that are large, small, long or narrow."""

import struct
import zlib

import numpy as np
from PIL import Image

from tests.imaging.samples.colour_spaces import SKIN
from tests.imaging.samples.files import SKIN_NUMBERS, chunk, flat, jpeg, png, saved, tiff_file
from tests.imaging.samples.sample import Sample, Taken


def _header_alone(size: tuple[int, int]) -> bytes:
    """A PNG whose pixels are not even in the file: whoever decodes it before asking its size calls it damaged."""
    header = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    )


def _jpeg_header(size: tuple[int, int]) -> bytes:
    return jpeg().replace(struct.pack(">HH", 120, 160), struct.pack(">HH", size[1], size[0]), 1)


def _phone(size: tuple[int, int], **options: object) -> bytes:
    return saved(Image.new("RGB", size, SKIN), "JPEG", quality=80, **options)


def _one_tile(side: int) -> bytes:
    tags = {
        256: (100,),
        257: (100,),
        258: (8,),
        259: (1,),
        262: (1,),
        277: (1,),
        322: (side,),
        323: (side,),
        324: (8,),
        325: (8,),
    }
    return tiff_file([(b"", tags)], bytes(8))


def _many_tiles() -> bytes:
    """A TIFF that lists a tile for every pixel."""
    count = 1_000_000
    tags = {
        256: (1000,),
        257: (1000,),
        258: (8,),
        259: (1,),
        262: (1,),
        277: (1,),
        322: (1,),
        323: (1,),
        324: (8,) * count,
        325: (1,) * count,
    }
    return tiff_file([(b"", tags)], bytes(8))


def _double(side: int) -> bytes:
    """A TIFF of double floating point: 24 bytes a pixel."""
    tags = {
        256: (side,),
        257: (side,),
        258: (64, 64, 64),
        259: (1,),
        262: (2,),
        273: (8,),
        277: (3,),
        278: (side,),
        279: (8,),
        339: (3, 3, 3),
    }
    return tiff_file([(b"", tags)], bytes(8))


SAMPLES = (
    Sample("JPEG of 48 megapixels (8,064 x 6,048)", lambda: _phone((8064, 6048)), Taken(size=(2016, 1512))),
    Sample("JPEG of 61 megapixels", lambda: _jpeg_header((9504, 6400)), "too_many_pixels"),
    Sample("JPEG of 108 megapixels", lambda: _jpeg_header((12000, 9000)), "too_many_pixels"),
    Sample("PNG of 41 megapixels", lambda: _header_alone((8000, 5001)), "too_many_pixels"),
    Sample("PNG of 40 megapixels without its pixels", lambda: _header_alone((8000, 5000)), "truncated"),
    Sample("PNG of 400 megapixels", lambda: _header_alone((20_000, 20_000)), "too_many_pixels"),
    Sample("PNG of 1 x 39,000,000 px", lambda: _header_alone((1, 39_000_000)), "too_long"),
    Sample("PNG of 39,000,000 x 1 px", lambda: _header_alone((39_000_000, 1)), "too_long"),
    Sample("JPEG of 65,500 x 200 px", lambda: _jpeg_header((65_500, 200)), "too_long"),
    Sample("PNG of 30,000 x 100 px", lambda: png(SKIN_NUMBERS, size=(30_000, 100)), "too_narrow"),
    Sample("TIFF of one tile of 144 megapixels", lambda: _one_tile(12_000), "too_many_pixels"),
    Sample("TIFF that lists a tile for each pixel", _many_tiles, "truncated"),
    Sample("TIFF of 9 megapixels in double floating point", lambda: _double(3000), "too_many_pixels"),
    Sample("JPEG with 20 MB behind its end", lambda: jpeg() + bytes(20 * 1024 * 1024), "too_heavy"),
    Sample("Panorama of 10 to 1", lambda: saved(flat(size=(3000, 300)), "JPEG"), Taken(size=(2048, 205))),
    Sample("Strip of 17 to 1", lambda: png(SKIN_NUMBERS, size=(1700, 100)), "too_narrow"),
    Sample("Strip of 1 to 17", lambda: png(SKIN_NUMBERS, size=(100, 1700)), "too_narrow"),
    Sample("Picture of 1 x 1 px", lambda: png(SKIN_NUMBERS, size=(1, 1)), "too_small"),
    Sample("Picture of 1 x 9,000 px", lambda: png(SKIN_NUMBERS, size=(1, 9000)), "too_small"),
    Sample("Icon of 48 x 48 px", lambda: png(SKIN_NUMBERS, size=(48, 48)), "too_small"),
    Sample("Picture of 64 x 64 px", lambda: png(SKIN_NUMBERS, size=(64, 64)), Taken(size=(64, 64))),
    Sample(
        "JPEG of 12 megapixels, held upright",
        lambda: _phone((4032, 3024), exif=b"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"),
        Taken(size=(1512, 2016)),
    ),
    Sample(
        "PNG of 6 megapixels",
        lambda: saved(Image.fromarray(np.full((2000, 3000, 3), SKIN, np.uint8)), "PNG", compress_level=1),
        Taken(size=(2048, 1365)),
    ),
)
