"""Files that carry more than a picture, or a little less than all of it."""

import struct
import zlib
from functools import cache

import numpy as np
from PIL import Image

from tests.imaging.samples.colour_spaces import P3, numbers
from tests.imaging.samples.files import chunk, flat, iccp, jpeg, png, saved
from tests.imaging.samples.profiles import SRGB_FORMULA, matrix_profile
from tests.imaging.samples.sample import Sample, Taken

SKIN = np.array((224, 172, 140)) / 255
_BOMB = zlib.compress(bytes(60_000_000), 9)
_SEEN = Taken(size=(320, 240), colour=None)


@cache
def _detailed() -> Image.Image:
    dice = np.random.default_rng(7)
    rough = Image.fromarray(dice.integers(0, 255, (40, 53, 3), np.uint8)).resize((320, 240), Image.Resampling.BICUBIC)
    grain = Image.fromarray(dice.integers(0, 60, (240, 320, 3), np.uint8))
    return Image.blend(rough, grain, 0.3)


def photo(format_: str = "JPEG", **options: object) -> bytes:
    """A picture of much detail, so that every byte of the file counts."""
    return saved(_detailed(), format_, **options)


def _kept(part: float, format_: str = "JPEG", **options: object) -> bytes:
    """So much of a detailed picture's file."""
    whole = photo(format_, **options)
    return whole[: int(len(whole) * part)]


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _with_segments(*segments: bytes) -> bytes:
    plain = jpeg()
    return plain[:2] + b"".join(segments) + plain[2:]


def _scans(count: int) -> bytes:
    """A progressive JPEG with further scans, each of a few bytes, that change nothing."""
    plain = saved(flat(), "JPEG", progressive=True)
    end = plain.rindex(b"\xff\xd9")
    scan = plain.rindex(b"\xff\xda", 0, end)
    return plain[:end] + plain[scan:end] * count + plain[end:]


def _many_chunks() -> bytes:
    plain = png(SKIN)
    return plain[:33] + chunk(b"tEXt", b"k\0v") * 5_000 + plain[33:]


def _with_broken_exif(format_: str) -> bytes:
    """A file whose EXIF block begins as none does."""
    whole = saved(flat(), format_, exif=b"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\1\0\0\0\0\0\0")
    return whole.replace(b"MM\0*", b"none")


def _gif(ending: bytes = b"", cut: int = 0) -> bytes:
    data = saved(flat().quantize(4), "GIF")
    return data[: len(data) - cut] + ending


def _zero_filled() -> bytes:
    """As much of a file as was fetched, the rest of its length never written."""
    return _kept(0.5).ljust(len(photo()), b"\0")


def _ended_early() -> bytes:
    return _kept(0.5) + b"\xff\xd9"


SAMPLES = (
    Sample(
        "PNG with a workflow of 2 MB (iTXt)",
        lambda: png(SKIN, (b"iTXt", b"workflow\0\1\0\0\0" + zlib.compress(b'{"node":1},' * 190_000))),
    ),
    Sample("PNG with a text that unpacks to 60 MB (zTXt)", lambda: png(SKIN, (b"zTXt", b"Comment\0\0" + _BOMB))),
    Sample(
        "PNG with a text that unpacks to 60 MB (iTXt)",
        lambda: png(SKIN, (b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + _BOMB)),
    ),
    Sample(
        "PNG with 200 compressed texts of 1 MB",
        lambda: png(SKIN, *[(b"zTXt", b"x\0\0" + zlib.compress(bytes(1_000_000)))] * 200),
    ),
    Sample("PNG with a plain text of 5 MB (tEXt)", lambda: png(SKIN, (b"tEXt", b"parameters\0" + b"a, " * 1_700_000))),
    Sample(
        "PNG with a text whose keyword is empty or not Latin-1",
        lambda: png(SKIN, (b"tEXt", b"\0nothing"), (b"iTXt", b"\xff\xfe\0\0\0\0\0x")),
    ),
    Sample(
        "PNG with a profile of 2 MB",
        lambda: png(numbers(P3), iccp(matrix_profile("big", P3, SRGB_FORMULA) + bytes(2_000_000))),
        remark="by the profile",
    ),
    Sample(
        "PNG with a profile that unpacks to 60 MB", lambda: png(SKIN, (b"iCCP", b"x\0\0" + _BOMB)), remark="as sRGB"
    ),
    Sample("PNG with 5,000 texts", _many_chunks),
    Sample("PNG with a damaged text chunk", lambda: png(SKIN, (b"tEXt", b"a\0b")).replace(b"a\0b", b"a\0c")),
    Sample("PNG with EXIF of 2 MB", lambda: png(SKIN, (b"eXIf", b"II*\0" + bytes(2_000_000)))),
    Sample("PNG in many small pieces (IDAT)", lambda: _pieces()),
    Sample("PNG with a wrong checksum of its pixels", lambda: _wrong_checksum()),
    Sample("PNG without its last chunk", lambda: png(SKIN)[:-12]),
    Sample("PNG without its last 20 bytes", lambda: png(SKIN)[:-20]),
    Sample("PNG with an archive behind its end", lambda: png(SKIN) + b"PK\3\4" + bytes(5000)),
    Sample("PNG that lacks a third", lambda: _kept(2 / 3, "PNG"), "truncated"),
    Sample("JPEG without its last 2 bytes", lambda: photo()[:-2], _SEEN),
    Sample("JPEG without its last 40 bytes", lambda: photo()[:-40], _SEEN),
    Sample("JPEG without its last 2 bytes, in grey", lambda: saved(_detailed().convert("L"), "JPEG")[:-2], _SEEN),
    Sample("Progressive JPEG without its last 2 bytes", lambda: photo(progressive=True)[:-2], _SEEN),
    Sample("JPEG that ends with zeros for its last bytes", lambda: photo()[:-20] + bytes(512), _SEEN),
    Sample("JPEG that lacks a fifth", lambda: _kept(0.8), "truncated"),
    Sample("JPEG that lacks a tenth", lambda: _kept(0.9), "truncated"),
    Sample("Progressive JPEG that lacks a fifth", lambda: _kept(0.8, progressive=True), "truncated"),
    Sample("JPEG of which half was fetched, filled up with zeros", _zero_filled, "truncated"),
    Sample("JPEG of which half was fetched, with an end put to it", _ended_early, "truncated"),
    Sample(
        "JPEG of a flat grey that ends early",
        lambda: jpeg(np.array((128, 128, 128)) / 255),
        Taken(colour=(128, 128, 128)),
        "nothing is missing",
    ),
    Sample(
        "JPEG with a film behind its end (motion photo)",
        lambda: jpeg() + b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 4000,
    ),
    Sample("JPEG with a long comment", lambda: _with_segments(*[_segment(0xFE, bytes(65_000))] * 40)),
    Sample(
        "JPEG with broken application data",
        lambda: _with_segments(
            _segment(0xED, b"Photoshop 3.0\x008BIM\4"),
            _segment(0xE1, b"Exif\0\0"),
            _segment(0xE2, b"ICC_PROFILE\0"),
            _segment(0xE0, b"JFIF"),
        ),
    ),
    Sample(
        "JPEG with stray bytes between its segments", lambda: _with_segments(_segment(0xFE, b"x"), b"\0\0\xff\xff\xff")
    ),
    Sample(
        "JPEG with EXIF of many entries that point nowhere",
        lambda: _with_segments(
            _segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0" + b"\xff\xff" + b"\x12\1\3\0\xff\xff\xff\xff" * 5000)
        ),
    ),
    Sample(
        "JPEG whose EXIF directories point at each other",
        lambda: _with_segments(
            _segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<HHHIII", 1, 0x8769, 4, 1, 8, 8))
        ),
    ),
    Sample("Progressive JPEG with 50 more scans", lambda: _scans(50)),
    Sample("Progressive JPEG with 5,000 more scans", lambda: _scans(5000), "truncated"),
    *(
        Sample(f"{name} with a broken EXIF block", lambda name=name: _with_broken_exif(name))
        for name in ("AVIF", "HEIF", "WEBP", "JPEG")
    ),
    Sample("GIF without its last byte", lambda: _gif(cut=1)),
    Sample("GIF with bytes behind its end", lambda: _gif(b"<script>" * 100)),
    Sample("WebP whose last chunk is not padded", lambda: _unpadded()),
    Sample(
        "WebP whose header gives a wrong length", lambda: b"RIFF\xff\0\0\0" + saved(flat(), "WEBP", lossless=True)[8:]
    ),
    Sample("WebP that lacks a fifth", lambda: _kept(0.8, "WEBP"), "truncated"),
    Sample("WebP without its last 10 bytes", lambda: photo("WEBP")[:-10], _SEEN),
    Sample("BMP without its last 100 bytes", lambda: saved(flat(), "BMP")[:-100]),
    Sample("BMP that lacks a third", lambda: saved(flat(), "BMP")[:-20_000], "truncated"),
    Sample("TIFF that lacks a third", lambda: _kept(2 / 3, "TIFF"), "truncated"),
    Sample("HEIC that lacks a third", lambda: _kept(2 / 3, "HEIF", quality=50), "truncated"),
    Sample("AVIF that lacks a third", lambda: _kept(2 / 3, "AVIF", speed=10), "truncated"),
)


def _pieces() -> bytes:
    plain = png(SKIN)
    at = plain.index(b"IDAT") - 4
    length = struct.unpack_from(">I", plain, at)[0]
    body = plain[at + 8 : at + 8 + length]
    return plain[:at] + b"".join(chunk(b"IDAT", body[n : n + 1]) for n in range(length)) + plain[at + 12 + length :]


def _wrong_checksum() -> bytes:
    plain = bytearray(png(SKIN))
    plain[plain.index(b"IEND") - 9] ^= 0xFF
    return bytes(plain)


def _unpadded() -> bytes:
    for width in range(160, 200):
        data = saved(flat(size=(width, 120)), "WEBP", lossless=True)
        if struct.unpack_from("<I", data, 16)[0] % 2:
            return data[:-1]
    raise AssertionError("no WebP had an odd length")
