"""Photos of one skin colour whose numbers mean it in different ways; SKIN is what a colour-managed viewer shows."""

import struct

import numpy as np
from PIL import Image

from tests.imaging.samples import colour_spaces as cs
from tests.imaging.samples import files, profiles
from tests.imaging.samples.colour_spaces import ADOBE, BT_2020, DCI, P3, PROPHOTO, SHADE, SKIN, SRGB, numbers
from tests.imaging.samples.files import avif, chromaticities, exif, flat, gama, heic, iccp, jpeg, png, saved
from tests.imaging.samples.sample import Sample, Taken

_GAMMA = cs.power(563 / 256)
_ADOBE = numbers(ADOBE, _GAMMA)
_P3 = numbers(P3)
_LINEAR = numbers(SRGB, cs.linear)
_R03 = exif(colour_space=0xFFFF, interoperability="R03")
_GREY = 150


def _p3_profile(name: str) -> bytes:
    return profiles.matrix_profile(name, P3, profiles.SRGB_FORMULA)


def _split(profile: bytes, order: tuple[int, ...], count: int) -> bytes:
    """A JPEG whose profile stands in segments in any order."""
    size = -(-len(profile) // 3)
    parts = [profile[at : at + size] for at in range(0, len(profile), size)]
    body = b""
    for number in order:
        content = b"ICC_PROFILE\0" + bytes((number, count)) + parts[number - 1]
        body += struct.pack(">BBH", 0xFF, 0xE2, len(content) + 2) + content
    plain = jpeg(_P3)
    return plain[:2] + body + plain[2:]


def _grey(format_: str, curve: bytes, light: cs.Encode, mode: str = "L") -> bytes:
    value = float(light(cs.srgb_light(np.array(_GREY / 255))))
    image = flat(np.array(value), "L").convert(mode)
    return saved(image, format_, icc_profile=profiles.grey_profile("Grey", curve))


def _deep_tiff(space: cs.Space, encode: cs.Encode, dtype: type, colour: cs.Colour, profile: bytes) -> bytes:
    stored = numbers(space, encode, colour)
    top = np.iinfo(dtype).max if np.issubdtype(dtype, np.integer) else 1
    values = np.broadcast_to((stored * top).astype(dtype), (120, 160, 3))
    plain = files.tiff(values)
    return files.with_profile(plain, profile)


def _lab() -> bytes:
    light = cs.srgb_light(np.array(SKIN) / 255)
    ratio = np.cbrt(cs.adapted(SRGB) @ light / cs.D50)
    lightness, a, b = 116 * ratio[1] - 16, 500 * (ratio[0] - ratio[1]), 200 * (ratio[1] - ratio[2])
    stored = bytes((round(lightness * 2.55), round(a) & 255, round(b) & 255))
    values = np.frombuffer(stored, np.uint8)
    return files.tiff(np.broadcast_to(values, (120, 160, 3)), kind=(262, 8))


def _bmp_with_profile(profile: bytes) -> bytes:
    row = bytes(round(value * 255) for value in _P3[::-1]) * 160
    header = struct.pack("<IiiHHIIiiII", 124, 160, 120, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(16) + b"DEBM" + bytes(36 + 12)
    header += struct.pack("<IIII", 4, 124 + len(row) * 120, len(profile), 0)
    size = 14 + 124 + len(row) * 120 + len(profile)
    return b"BM" + struct.pack("<IHHI", size, 0, 0, 14 + 124) + header + row * 120 + profile


def _narrow(stored: cs.Array) -> cs.Array:
    return (16 + stored * 219) / 255


def _cicp(primaries: int, transfer: int, full: int = 1) -> tuple[bytes, bytes]:
    return b"cICP", bytes((primaries, transfer, 0, full))


_LINEAR_PROFILE = profiles.matrix_profile("GIMP built-in Linear sRGB", SRGB, profiles.gamma(1))
_PQ_TAG = b"cicp" + bytes(4) + bytes((9, 16, 0, 1))

SAMPLES = (
    Sample("JPEG without a profile", jpeg),
    Sample("JPEG of an iPhone (Display P3)", lambda: jpeg(_P3, icc_profile=_p3_profile("Display P3"))),
    Sample(
        "JPEG of a Samsung phone (P3, by a profile whose name says sRGB)",
        lambda: jpeg(_P3, icc_profile=_p3_profile("DCI-P3 D65 Gamut with sRGB Transfer")),
    ),
    Sample(
        "JPEG of a Xiaomi or Huawei phone (the same under another name)",
        lambda: jpeg(_P3, icc_profile=_p3_profile("sRGB EOTF with DCI-P3 Color Gamut")),
    ),
    Sample(
        "PNG whose profile calls itself sRGB and has a gamma of 1.8",
        lambda: png(
            numbers(SRGB, cs.power(1.8)), iccp(profiles.matrix_profile("sRGB IEC61966-2.1", SRGB, profiles.gamma(1.8)))
        ),
    ),
    Sample("WebP with a P3 profile", lambda: saved(flat(_P3), "WEBP", lossless=True, icc_profile=_p3_profile("c2"))),
    Sample("AVIF with a P3 profile", lambda: saved(flat(_P3), "AVIF", quality=98, icc_profile=_p3_profile("c2"))),
    Sample("HEIC with a P3 profile", lambda: saved(flat(_P3), "HEIF", quality=95, icc_profile=_p3_profile("c2"))),
    Sample("TIFF with a P3 profile", lambda: saved(flat(_P3), "TIFF", icc_profile=_p3_profile("c2"))),
    Sample(
        "Palette PNG with a P3 profile",
        lambda: saved(flat(_P3).quantize(4), "PNG", icc_profile=_p3_profile("c2")),
    ),
    Sample(
        "JPEG in Adobe RGB, by its profile",
        lambda: jpeg(_ADOBE, icc_profile=profiles.matrix_profile("Adobe RGB", ADOBE, profiles.gamma(563 / 256))),
    ),
    Sample(
        "JPEG in ProPhoto RGB, by its profile",
        lambda: jpeg(
            numbers(PROPHOTO, cs.power(1.8)), icc_profile=profiles.matrix_profile("ROMM", PROPHOTO, profiles.gamma(1.8))
        ),
    ),
    Sample(
        "JPEG in BT.2020, by a profile of points",
        lambda: jpeg(
            numbers(BT_2020, cs.power(2.4)),
            icc_profile=profiles.matrix_profile("x", BT_2020, profiles.sampled(lambda v: v**2.4)),
        ),
    ),
    Sample(
        "JPEG whose profile stands in three parts, the last first", lambda: _split(_p3_profile("Parts"), (3, 1, 2), 3)
    ),
    Sample(
        "JPEG whose profile lacks a part",
        lambda: _split(_p3_profile("Parts"), (1, 3), 3),
        Taken(colour=tuple(np.round(_P3 * 255).astype(int))),
        "as sRGB",
    ),
    Sample(
        "JPEG of a scanner whose profile is a table",
        lambda: jpeg(np.array(SKIN[::-1]) / 255, icc_profile=profiles.swapped_table()),
    ),
    Sample("JPEG with a broken profile", lambda: jpeg(icc_profile=b"no profile at all"), remark="as sRGB"),
    Sample(
        "JPEG with a profile made for print colours", lambda: jpeg(icc_profile=profiles.odd_cmyk()), remark="as sRGB"
    ),
    Sample("PNG with linear light (8 bits, GIMP)", lambda: png(_LINEAR, iccp(_LINEAR_PROFILE))),
    Sample(
        "PNG with linear light (16 bits), dark colours",
        lambda: png(numbers(SRGB, cs.linear, SHADE), iccp(_LINEAR_PROFILE), depth=16),
        Taken(colour=SHADE, notes=("depth-reduced",)),
    ),
    Sample(
        "TIFF with linear light (16 bits), dark colours",
        lambda: _deep_tiff(SRGB, cs.linear, np.uint16, SHADE, _LINEAR_PROFILE),
        Taken(colour=SHADE, notes=("depth-reduced",)),
    ),
    Sample(
        "TIFF with linear light (floating point)",
        lambda: _deep_tiff(SRGB, cs.linear, np.float32, SHADE, _LINEAR_PROFILE),
        Taken(colour=SHADE, notes=("depth-reduced",)),
    ),
    Sample(
        "TIFF of 16 bits in P3",
        lambda: _deep_tiff(P3, cs.srgb, np.uint16, SKIN, _p3_profile("c2")),
        Taken(notes=("depth-reduced",)),
    ),
    Sample(
        "Grey JPEG with a profile of gamma 1",
        lambda: _grey("JPEG", profiles.gamma(1), cs.linear),
        Taken(colour=(_GREY,) * 3),
    ),
    Sample(
        "Grey PNG with transparency and a profile of gamma 1.8",
        lambda: _grey("PNG", profiles.gamma(1.8), cs.power(1.8), "LA"),
        Taken(colour=(_GREY,) * 3),
    ),
    Sample(
        "Grey PNG of 16 bits with linear light",
        lambda: png(
            cs.srgb_light(np.array([_GREY / 255])), iccp(profiles.grey_profile("g", profiles.gamma(1))), depth=16
        ),
        Taken(colour=(_GREY,) * 3, notes=("depth-reduced",)),
    ),
    Sample(
        "Grey JPEG with an RGB profile of gamma 1.8",
        lambda: saved(
            flat(cs.power(1.8)(cs.srgb_light(np.array(_GREY / 255))), "L"),
            "JPEG",
            icc_profile=profiles.matrix_profile("x", SRGB, profiles.gamma(1.8)),
        ),
        Taken(colour=(_GREY,) * 3),
    ),
    Sample(
        "JPEG in print colours (CMYK) without a profile",
        lambda: saved(flat().convert("CMYK"), "JPEG"),
        Taken(notes=("cmyk-converted",)),
    ),
    Sample(
        "JPEG in print colours with a profile",
        lambda: saved(Image.new("CMYK", files.SIZE, (255, 0, 0, 0)), "JPEG", icc_profile=profiles.odd_cmyk()),
        Taken(colour=(255, 0, 24), within=40, notes=("cmyk-converted",)),
    ),
    Sample("TIFF in print colours", lambda: saved(flat().convert("CMYK"), "TIFF"), Taken(notes=("cmyk-converted",))),
    Sample("TIFF in CIELAB", _lab),
    Sample("JPEG in Adobe RGB, by EXIF alone (uncalibrated, R03)", lambda: jpeg(_ADOBE, exif=b"Exif\0\0" + _R03)),
    Sample("JPEG in Adobe RGB, by EXIF colour space 2", lambda: jpeg(_ADOBE, exif=b"Exif\0\0" + exif(colour_space=2))),
    Sample("PNG in Adobe RGB, by EXIF alone", lambda: png(_ADOBE, (b"eXIf", _R03))),
    Sample(
        "WebP in Adobe RGB, by EXIF alone", lambda: saved(flat(_ADOBE), "WEBP", lossless=True, exif=b"Exif\0\0" + _R03)
    ),
    Sample("JPEG whose EXIF says sRGB", lambda: jpeg(exif=b"Exif\0\0" + exif(colour_space=1, interoperability="R98"))),
    Sample(
        "JPEG whose EXIF says sRGB and R03",
        lambda: jpeg(exif=b"Exif\0\0" + exif(colour_space=1, interoperability="R03")),
        remark="as sRGB",
    ),
    Sample(
        "JPEG whose EXIF says uncalibrated and no more",
        lambda: jpeg(exif=b"Exif\0\0" + exif(colour_space=0xFFFF)),
        remark="as sRGB",
    ),
    Sample(
        "JPEG with a P3 profile and EXIF that says Adobe RGB",
        lambda: jpeg(_P3, icc_profile=_p3_profile("c2"), exif=b"Exif\0\0" + _R03),
        remark="by the profile",
    ),
    Sample("HEIC in P3, by code points (nclx)", lambda: heic(_P3, 12, 13), Taken(notes=("depth-reduced",))),
    Sample(
        "HEIC in DCI-P3 with cinema white, by code points",
        lambda: heic(numbers(DCI, cs.power(2.6)), 11, 17),
        Taken(notes=("depth-reduced",)),
    ),
    Sample(
        "HEIC in BT.709 with its own curve, by code points",
        lambda: heic(numbers(SRGB, cs.bt_709), 1, 1),
        Taken(notes=("depth-reduced",)),
    ),
    Sample(
        "HEIC that leaves its colours open", lambda: heic(files.SKIN_NUMBERS, 2, 2), Taken(notes=("depth-reduced",))
    ),
    Sample("HEIC in limited range", lambda: heic(_P3, 12, 13, full_range_flag=0), Taken(notes=("depth-reduced",))),
    Sample("HEIC with HDR (PQ)", lambda: heic(numbers(BT_2020, cs.pq), 9, 16), Taken(notes=("hdr-reduced",))),
    Sample("HEIC with HDR (HLG)", lambda: heic(numbers(BT_2020, cs.hlg), 9, 18), Taken(notes=("hdr-reduced",))),
    Sample("AVIF in P3, by code points", lambda: avif(_P3, 12, 13), Taken(notes=("depth-reduced",))),
    Sample("AVIF of 8 bits in BT.2020, by code points", lambda: avif(numbers(BT_2020, cs.bt_709), 9, 14, depth=8)),
    Sample(
        "AVIF of 12 bits with linear light, dark colours",
        lambda: avif(numbers(SRGB, cs.linear, SHADE), 1, 8, depth=12),
        Taken(colour=SHADE, notes=("depth-reduced",)),
    ),
    Sample("AVIF with HDR (PQ)", lambda: avif(numbers(BT_2020, cs.pq), 9, 16), Taken(notes=("hdr-reduced",))),
    Sample("AVIF with HDR (HLG)", lambda: avif(numbers(BT_2020, cs.hlg), 9, 18), Taken(notes=("hdr-reduced",))),
    Sample("PNG in P3, by a cICP chunk", lambda: png(_P3, _cicp(12, 13))),
    Sample(
        "PNG whose cICP chunk and profile disagree",
        lambda: png(_P3, _cicp(12, 13), iccp(_LINEAR_PROFILE)),
        remark="by cICP",
    ),
    Sample(
        "PNG with HDR (PQ, 16 bits)",
        lambda: png(numbers(BT_2020, cs.pq), _cicp(9, 16), depth=16),
        Taken(notes=("hdr-reduced",)),
    ),
    Sample(
        "PNG with HDR (HLG, 8 bits)", lambda: png(numbers(BT_2020, cs.hlg), _cicp(9, 18)), Taken(notes=("hdr-reduced",))
    ),
    Sample("PNG in video range", lambda: png(_narrow(files.SKIN_NUMBERS), _cicp(1, 13, full=0))),
    Sample(
        "PNG with HDR that only its profile tells",
        lambda: png(
            numbers(BT_2020, cs.pq),
            iccp(profiles.matrix_profile("Rec2100PQ", BT_2020, profiles.gamma(2.2), cicp=_PQ_TAG)),
            depth=16,
        ),
        Taken(notes=("hdr-reduced",)),
    ),
    Sample("PNG with linear light, by a gAMA chunk", lambda: png(_LINEAR, gama(1))),
    Sample(
        "PNG in P3, by gAMA and cHRM chunks", lambda: png(numbers(P3, cs.power(2.2)), gama(1 / 2.2), chromaticities(P3))
    ),
    Sample("PNG of an old Macintosh (gAMA 1 / 1.8)", lambda: png(numbers(SRGB, cs.power(1.8)), gama(1 / 1.8))),
    Sample(
        "PNG with sRGB and contrary gAMA chunks",
        lambda: png(files.SKIN_NUMBERS, (b"sRGB", b"\0"), gama(1)),
        remark="as sRGB",
    ),
    Sample(
        "PNG whose profile cannot be unpacked, with gAMA",
        lambda: png(_LINEAR, (b"iCCP", b"x\0\0broken"), gama(1)),
        remark="by gAMA",
    ),
    Sample(
        "PNG whose profile stands behind its pixels",
        lambda: png()[:-12] + files.chunk(*iccp(_LINEAR_PROFILE)) + png()[-12:],
        remark="as sRGB",
    ),
    Sample("BMP with a P3 profile", lambda: _bmp_with_profile(_p3_profile("c2"))),
    Sample("PNG with a gAMA of zero", lambda: png(files.SKIN_NUMBERS, gama(0)), remark="as sRGB"),
)
