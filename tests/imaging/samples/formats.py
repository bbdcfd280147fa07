"""Every format phones, cameras, scanners and chat programs send, however it was held, and the odd kinds of each."""

import struct
import zlib

import numpy as np
from PIL import Image

from tests.imaging.samples.colour_spaces import SKIN, Array
from tests.imaging.samples.files import (
    SIZE,
    SKIN_NUMBERS,
    avif,
    chunk,
    exif,
    flat,
    heic,
    jpeg,
    png,
    saved,
    tiff,
    tiff_file,
)
from tests.imaging.samples.sample import Sample, Taken

_UP = (60, 90, 200)


def two_halves(held: int = 1) -> Image.Image:
    """Blue above and skin below, stored as a camera does that was held in one of EXIF's eight ways."""
    image = flat()
    image.paste(_UP, (0, 0, 160, 60))
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    return image.transpose(undo[held]) if held > 1 else image


def _held(format_: str, orientation: int, **options: object) -> bytes:
    return saved(two_halves(orientation), format_, exif=b"Exif\0\0" + exif(orientation), **options)


def _turned_avif(angle: int, axis: int | None) -> bytes:
    """An AVIF that is turned (irot) and mirrored (imir) by its boxes, written by Pillow from an orientation."""
    orientation = {(0, None): 1, (1, None): 8, (2, None): 3, (3, None): 6, (0, 0): 4, (0, 1): 2, (1, 0): 5, (1, 1): 7}
    return _held("AVIF", orientation[angle, axis], quality=95)


def _planes() -> bytes:
    """A TIFF that keeps its channels apart."""
    size = 160 * 120
    tags: dict[int, tuple[int, ...]] = {
        256: (160,), 257: (120,), 258: (8, 8, 8), 259: (1,), 262: (2,), 273: (8, 8 + size, 8 + 2 * size), 277: (3,),
        278: (120,), 279: (size,) * 3, 284: (2,),
    }  # fmt: skip
    return tiff_file([(b"", tags)], b"".join(bytes((value,)) * size for value in SKIN))


def _grey_rows() -> Array:
    return np.full((120, 160, 3), 128, np.uint8)


def _white_is_zero() -> bytes:
    return tiff(np.full((120, 160, 1), 255 - 150, np.uint8), kind=(262, 0))


def _big_tiff() -> bytes:
    return saved(flat(), "TIFF", big_tiff=True)


def _float_grey(low: float, high: float) -> bytes:
    ramp = np.tile(np.linspace(low, high, 160, dtype=np.float32), (120, 1))
    return tiff(ramp[..., np.newaxis])


def _indexed_16() -> bytes:
    """A PNG of 16 bits in which one colour is see-through."""
    return png(SKIN_NUMBERS, (b"tRNS", struct.pack(">3H", 0, 0, 0)), depth=16)


def _one_bit() -> bytes:
    image = Image.new("1", SIZE, 1)
    return saved(image, "PNG")


def _palette_with_alpha() -> bytes:
    image = flat().quantize(2)
    image.info["transparency"] = bytes((120, 255))
    return saved(image, "PNG", transparency=bytes((120, 120)))


def _bmp(header: bytes, rows: bytes) -> bytes:
    at = 14 + len(header)
    return b"BM" + struct.pack("<IHHI", at + len(rows), 1, 2, at) + header + rows


def _bmp_top_down() -> bytes:
    lines = [bytes(reversed(_UP)) * 160] * 60 + [bytes(reversed(SKIN)) * 160] * 60
    return _bmp(struct.pack("<IiiHHIIiiII", 40, 160, -120, 1, 24, 0, 0, 0, 0, 0, 0), b"".join(lines))


def _bmp_565() -> bytes:
    red, green, blue = SKIN
    value = (red >> 3) << 11 | (green >> 2) << 5 | blue >> 3
    masks = struct.pack("<III", 0xF800, 0x07E0, 0x001F)
    return _bmp(
        struct.pack("<IiiHHIIiiII", 40, 160, 120, 1, 16, 3, 0, 0, 0, 0, 0) + masks, struct.pack("<H", value) * 160 * 120
    )


def _bmp_rle() -> bytes:
    palette = bytes((*reversed(SKIN), 0)) + bytes(4) * 255
    line = bytes((160, 0, 0, 0))
    return _bmp(struct.pack("<IiiHHIIiiII", 40, 160, 120, 1, 8, 1, 0, 0, 0, 256, 0) + palette, line * 120 + b"\0\1")


def _adobe_rgb_jpeg() -> bytes:
    """A JPEG that stores red, green and blue, told by Adobe's segment."""
    return saved(flat(), "JPEG", keep_rgb=True)


def _photoshop() -> bytes:
    """A JPEG in inverted print colours with Adobe's segment, as Pillow writes it, too."""
    return saved(flat().convert("CMYK"), "JPEG")


def _mpo() -> bytes:
    return saved(flat(), "MPO", save_all=True, append_images=[flat(np.array((0.1, 0.2, 0.9)))])


def _animated(format_: str, **options: object) -> bytes:
    other = flat(np.array((0.1, 0.2, 0.9)))
    return saved(flat(), format_, save_all=True, append_images=[other], **options)


def _apng_of_one() -> bytes:
    return png(
        SKIN_NUMBERS,
        (b"acTL", struct.pack(">II", 1, 0)),
        (b"fcTL", struct.pack(">IIIIIHHBB", 0, 160, 120, 0, 0, 1, 10, 0, 0)),
    )


def _announced_late() -> bytes:
    plain = png()
    return plain[:-12] + chunk(b"acTL", struct.pack(">II", 7, 0)) + plain[-12:]


def _interlaced() -> bytes:
    """A PNG in seven passes (Adam7), written by hand since Pillow does not."""
    rows = b""
    for left, top, across, down in (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ):
        width, height = -(-(160 - left) // across), -(-(120 - top) // down)
        rows += (b"\0" + bytes(SKIN) * width) * height
    header = struct.pack(">IIBBBBB", 160, 120, 8, 2, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _deep_jpeg(precision: int, marker: int = 0xC1) -> bytes:
    """A JPEG whose header says more bits, or another way of coding."""
    data = bytearray(jpeg())
    at = data.index(b"\xff\xc0")
    data[at + 1], data[at + 4] = marker, precision
    return bytes(data)


_GREY = Taken(colour=(150, 150, 150))
_MIRRORED = {None: "", 0: ", upside down (imir)", 1: ", mirrored (imir)"}
_CLEAR = Taken(media_type="image/png", colour=None)

SAMPLES = (
    *(Sample(f"JPEG held the way EXIF calls {way}", lambda way=way: _held("JPEG", way)) for way in range(1, 9)),
    *(
        Sample(f"{name} held the way EXIF calls 6", lambda name=name: _held(name, 6))
        for name in ("PNG", "WEBP", "TIFF")
    ),
    *(
        Sample(f"HEIC held the way EXIF calls {way} (irot, imir)", lambda way=way: _held("HEIF", way, quality=95))
        for way in (2, 3, 5, 6, 8)
    ),
    *(
        Sample(
            f"AVIF turned by {angle * 90}° (irot){_MIRRORED[axis]}",
            lambda angle=angle, axis=axis: _turned_avif(angle, axis),
        )
        for angle, axis in ((1, None), (2, None), (3, None), (0, 0), (0, 1), (1, 0), (1, 1))
    ),
    Sample("JPEG with an orientation of 9", lambda: jpeg(exif=b"Exif\0\0" + exif(9)), remark="as upright"),
    Sample("Progressive JPEG", lambda: jpeg(progressive=True)),
    Sample("JPEG with coarse colours (4:2:0)", lambda: jpeg(subsampling=2)),
    Sample("JPEG that stores red, green and blue", _adobe_rgb_jpeg),
    Sample("JPEG in print colours of Photoshop", _photoshop, Taken(notes=("cmyk-converted",))),
    Sample("JPEG of two pictures (MPO, depth or 3D)", _mpo, remark="the first"),
    Sample("JPEG of 12 bits", lambda: _deep_jpeg(12), "not_a_photo"),
    Sample("JPEG without loss (medicine)", lambda: _deep_jpeg(8, 0xC3), "not_a_photo"),
    Sample("PNG", png),
    Sample("PNG of 16 bits", lambda: png(SKIN_NUMBERS, depth=16), Taken(notes=("depth-reduced",))),
    Sample("PNG of 16 bits with a colour left out", _indexed_16, Taken(notes=("depth-reduced",))),
    Sample(
        "PNG of 16 bits, grey with transparency",
        lambda: png(np.array((0.5882, 0.5)), depth=16),
        Taken(colour=None, media_type="image/png", notes=("depth-reduced",)),
    ),
    Sample("PNG in passes (interlaced)", _interlaced),
    Sample("PNG of one bit", _one_bit, Taken(colour=(255, 255, 255))),
    Sample("PNG with a palette", lambda: saved(flat().quantize(2), "PNG")),
    Sample("PNG with a palette and half transparency", _palette_with_alpha, _CLEAR),
    Sample("PNG with transparency", lambda: png(np.array((*SKIN_NUMBERS, 0.5))), _CLEAR),
    Sample("PNG whose transparency hides nothing", lambda: png(np.array((*SKIN_NUMBERS, 1.0)))),
    Sample("PNG with a moving part of one frame", _apng_of_one),
    Sample("PNG that announces an animation behind its pixels", _announced_late),
    Sample("WebP", lambda: saved(flat(), "WEBP", quality=95)),
    Sample("WebP without loss", lambda: saved(flat(), "WEBP", lossless=True)),
    Sample(
        "WebP with transparency",
        lambda: saved(flat(np.array((*SKIN_NUMBERS, 0.5)), "RGBA"), "WEBP", lossless=True),
        _CLEAR,
    ),
    Sample("HEIC", lambda: saved(flat(), "HEIF", quality=95)),
    Sample("HEIC of 10 bits", heic, Taken(notes=("depth-reduced",))),
    Sample("HEIC with transparency", lambda: saved(flat(np.array((*SKIN_NUMBERS, 0.5)), "RGBA"), "HEIF"), _CLEAR),
    Sample("HEIC in grey", lambda: saved(Image.new("L", SIZE, 150), "HEIF", quality=95), _GREY),
    Sample(
        "HEIC in tiles, as iPhones write it",
        lambda: saved(flat(size=(1200, 900)), "HEIF", quality=60, tile_size=512),
        Taken(size=(1200, 900)),
    ),
    Sample("AVIF", lambda: avif(depth=8)),
    Sample("AVIF of 10 bits", avif, Taken(notes=("depth-reduced",))),
    Sample("AVIF in grey", lambda: saved(Image.new("L", SIZE, 150), "AVIF", quality=95), _GREY),
    Sample(
        "AVIF with transparency",
        lambda: saved(flat(np.array((*SKIN_NUMBERS, 0.5)), "RGBA"), "AVIF", quality=95),
        _CLEAR,
    ),
    Sample("GIF that does not move", lambda: saved(flat().quantize(4), "GIF")),
    Sample("BMP", lambda: saved(flat(), "BMP")),
    Sample("BMP stored from top to bottom", _bmp_top_down),
    Sample("BMP of 16 bits a pixel", _bmp_565, Taken(within=8)),
    Sample("BMP with run lengths", _bmp_rle),
    Sample("TIFF", lambda: saved(flat(), "TIFF")),
    Sample("TIFF with LZW compression", lambda: saved(flat(), "TIFF", compression="tiff_lzw")),
    Sample("TIFF with deflate compression", lambda: saved(flat(), "TIFF", compression="tiff_adobe_deflate")),
    Sample("TIFF with JPEG compression", lambda: saved(flat(), "TIFF", compression="jpeg")),
    Sample(
        "TIFF of a fax",
        lambda: saved(Image.new("1", SIZE, 1), "TIFF", compression="group4"),
        Taken(colour=(255, 255, 255)),
    ),
    Sample("TIFF that keeps its channels apart", _planes),
    Sample("TIFF in which zero is white", _white_is_zero, _GREY),
    Sample("TIFF with transparency", lambda: saved(flat(np.array((*SKIN_NUMBERS, 0.5)), "RGBA"), "TIFF"), _CLEAR),
    Sample("TIFF of two pages", lambda: _animated("TIFF"), remark="the first page"),
    Sample("BigTIFF", _big_tiff),
    Sample(
        "TIFF of floating point in colour, 0 to 1",
        lambda: tiff(np.broadcast_to(SKIN_NUMBERS.astype(np.float32), (120, 160, 3))),
        Taken(notes=("depth-reduced",)),
    ),
    Sample(
        "TIFF of double floating point in colour",
        lambda: tiff(np.broadcast_to(SKIN_NUMBERS, (120, 160, 3))),
        Taken(notes=("depth-reduced",)),
    ),
    Sample(
        "TIFF of floating point in grey, 0 to 1",
        lambda: _float_grey(150 / 255, 150 / 255),
        Taken(colour=(150, 150, 150), notes=("depth-reduced",)),
    ),
    Sample(
        "TIFF of floating point without a range (microscope)",
        lambda: _float_grey(-1000, 90_000),
        Taken(colour=(64, 64, 64), notes=("depth-reduced",)),
        "from black to white",
    ),
    Sample(
        "TIFF of 16 bits in grey",
        lambda: tiff(np.full((120, 160, 1), 150 * 257, np.uint16)),
        Taken(colour=(150, 150, 150), notes=("depth-reduced",)),
    ),
    Sample(
        "TIFF of 16 bits in grey in which zero is white",
        lambda: tiff(np.full((120, 160, 1), 105 * 257, np.uint16), kind=(262, 0)),
        Taken(colour=(150, 150, 150), notes=("depth-reduced",)),
    ),
    Sample(
        "TIFF of 32-bit whole numbers",
        lambda: tiff(np.tile(np.arange(160, dtype=np.int32) * 1000, (120, 1))[..., np.newaxis]),
        Taken(colour=(64, 64, 64), notes=("depth-reduced",)),
        "from black to white",
    ),
    Sample("TIFF of 16-bit floating point", lambda: tiff(np.full((120, 160, 3), 0.5, np.float16)), "not_a_photo"),
    Sample("TIFF of logarithmic light (LogLuv)", lambda: tiff(_grey_rows(), kind=(262, 32845)), "not_a_photo"),
    Sample("TIFF of an unknown compression", lambda: tiff(_grey_rows(), kind=(259, 999)), "not_a_photo"),
    Sample("GIF that moves", lambda: _animated("GIF"), "animated"),
    Sample("WebP that moves", lambda: _animated("WEBP"), "animated"),
    Sample("PNG that moves", lambda: _animated("PNG"), "animated"),
    Sample("AVIF that moves", lambda: _animated("AVIF", speed=10), "animated"),
)
