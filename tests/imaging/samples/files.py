"""Files of one colour in the formats people send."""

import struct
import zlib
from io import BytesIO

import cv2
import numpy as np
import pillow_heif
from PIL import ExifTags, Image

from tests.imaging.samples.colour_spaces import SKIN, Array

SIZE = (160, 120)
SKIN_NUMBERS = np.array(SKIN) / 255


def flat(numbers: Array = SKIN_NUMBERS, mode: str = "RGB", size: tuple[int, int] = SIZE) -> Image.Image:
    values = tuple(round(float(value) * 255) for value in np.atleast_1d(numbers))
    return Image.new(mode, size, values if len(values) > 1 else values[0])


def saved(image: Image.Image, format_: str, **options: object) -> bytes:
    """The file an image becomes; JPEG at a quality that keeps colours."""
    if format_ == "HEIF":
        pillow_heif.register_heif_opener()  # for writing; we read without it
    if format_ in ("JPEG", "MPO"):
        options = {"quality": 95, "subsampling": 0, **options}
    out = BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()


def jpeg(numbers: Array = SKIN_NUMBERS, **options: object) -> bytes:
    return saved(flat(numbers), "JPEG", **options)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(
    numbers: Array = SKIN_NUMBERS, *chunks: tuple[bytes, bytes], depth: int = 8, size: tuple[int, int] = SIZE
) -> bytes:
    """A PNG of one colour (one number: grey; two: with alpha) with further chunks behind its header."""
    values = np.round(np.atleast_1d(numbers) * (2**depth - 1)).astype(">u2" if depth == 16 else np.uint8)
    kind = {1: 0, 2: 4, 3: 2, 4: 6}[len(values)]
    row = b"\0" + values.tobytes() * size[0]
    header = (b"IHDR", struct.pack(">IIBBBBB", *size, depth, kind, 0, 0, 0))
    listed = (header, *chunks, (b"IDAT", zlib.compress(row * size[1])), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in listed)


def iccp(profile: bytes, name: bytes = b"profile") -> tuple[bytes, bytes]:
    return b"iCCP", name + b"\0\0" + zlib.compress(profile)


def chromaticities(space: tuple[tuple[float, float], ...]) -> tuple[bytes, bytes]:
    red, green, blue, white = space
    return b"cHRM", struct.pack(
        ">8I", *(round(value * 100_000) for point in (white, red, green, blue) for value in point)
    )


def gama(value: float) -> tuple[bytes, bytes]:
    return b"gAMA", struct.pack(">I", round(value * 100_000))


def heic(numbers: Array = SKIN_NUMBERS, primaries: int = 1, transfer: int = 13, **options: object) -> bytes:
    """A HEIC of 10 bits that tells its colours by code points."""
    values = np.empty((SIZE[1], SIZE[0], 3), np.uint16)
    values[:] = np.round(np.asarray(numbers) * 65535)
    file = pillow_heif.from_bytes(mode="RGB;16", size=SIZE, data=values.tobytes())
    out = BytesIO()
    named = {
        "save_nclx_profile": True, "color_primaries": primaries, "transfer_characteristics": transfer,
        "matrix_coefficients": 6, "full_range_flag": 1,
    }  # fmt: skip
    file.save(out, quality=95, chroma=444, **{**named, **options})
    return out.getvalue()


def avif(numbers: Array = SKIN_NUMBERS, primaries: int = 1, transfer: int = 13, depth: int = 10) -> bytes:
    """An AVIF that tells its colours by code points."""
    values = np.empty((SIZE[1], SIZE[0], 3), np.uint16 if depth > 8 else np.uint8)
    values[:] = np.round(np.asarray(numbers)[::-1] * (2**depth - 1))
    options = [cv2.IMWRITE_AVIF_DEPTH, depth, cv2.IMWRITE_AVIF_QUALITY, 98, cv2.IMWRITE_AVIF_SPEED, 9]
    data = cv2.imencode(".avif", values, options)[1].tobytes()
    at = data.index(b"colrnclx") + 8
    return data[:at] + struct.pack(">HH", primaries, transfer) + data[at + 4 :]


def tiff(values: Array, **tags: tuple[int, int | tuple[int, ...]]) -> bytes:
    """An uncompressed little-endian TIFF of rows x columns x channels, with further tags as name=(tag, value)."""
    rows, columns, channels = values.shape
    kinds = {"u": 1, "i": 2, "f": 3}
    body = np.ascontiguousarray(values).tobytes()
    entries: dict[int, tuple[int, ...]] = {
        256: (columns,), 257: (rows,), 258: (values.dtype.itemsize * 8,) * channels, 259: (1,),
        262: (2 if channels > 2 else 1,), 273: (8,), 277: (channels,), 278: (rows,), 279: (len(body),),
        339: (kinds[values.dtype.kind],) * channels,
    }  # fmt: skip
    if channels == 4:
        entries[338] = (2,)
    for tag, value in tags.values():
        entries[tag] = value if isinstance(value, tuple) else (value,)
    return tiff_file([(b"", entries)], body)


def tiff_file(
    directories: list[tuple[bytes, dict[int, tuple[int, ...]]]], body: bytes, magic: bytes = b"II*\0"
) -> bytes:
    """A TIFF whose data begins at 8, with directories behind it in one chain; every value is a 32-bit number."""
    order = "<" if magic[:2] == b"II" else ">"
    at = 8 + len(body) + len(body) % 2
    out = magic + struct.pack(order + "I", at) + body + bytes(len(body) % 2)
    for index, (_, entries) in enumerate(directories):
        start = len(out)
        behind = start + 2 + 12 * len(entries) + 4
        table, extra = b"", b""
        for tag, values in sorted(entries.items()):
            packed = struct.pack(f"{order}{len(values)}I", *values)
            where = packed if len(packed) == 4 else struct.pack(order + "I", behind + len(extra))
            table += struct.pack(order + "HHI", tag, 4, len(values)) + where
            extra += packed if len(packed) > 4 else b""
        following = behind + len(extra) if index + 1 < len(directories) else 0
        out += struct.pack(order + "H", len(entries)) + table + struct.pack(order + "I", following) + extra
    return out


def exif(orientation: int | None = None, colour_space: int | None = None, interoperability: str | None = None) -> bytes:
    """An EXIF block without the header that JPEG has."""
    block = Image.Exif()
    if orientation:
        block[ExifTags.Base.Orientation] = orientation
    if colour_space is not None:
        block.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.ColorSpace] = colour_space
    if interoperability:
        block.get_ifd(ExifTags.IFD.Exif)[ExifTags.IFD.Interop] = {1: interoperability}
    return block.tobytes().removeprefix(b"Exif\0\0")


def with_profile(tiff_data: bytes, profile: bytes) -> bytes:
    """A TIFF of ours with an ICC profile (tag 34675) behind its other entries."""
    (at,) = struct.unpack_from("<I", tiff_data, 4)
    (count,) = struct.unpack_from("<H", tiff_data, at)
    entries = tiff_data[at + 2 : at + 2 + 12 * count]
    where = len(tiff_data)
    moved = where + len(profile) + len(profile) % 2
    entry = struct.pack("<HHII", 34675, 7, len(profile), where)
    directory = struct.pack("<H", count + 1) + entries + entry + bytes(4)
    return tiff_data[:4] + struct.pack("<I", moved) + tiff_data[8:] + profile + bytes(len(profile) % 2) + directory
