"""An exported picture says what made it, and loses nothing by it."""

import struct
import zlib
from xml.etree import ElementTree

import pytest

from bot.imaging.export.marks import AI_GENERATED, ALGORITHMICALLY_ENHANCED, marked
from bot.imaging.values import Mark, PhotoError
from tests.imaging.pictures import cutout, located, opened, png, png_header, saved, scene
from tests.imaging.profiles import wide_rgb

MARK = Mark(AI_GENERATED, "A fox & a <vixen>, by the sea — 🦊")

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
}
SOURCE = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"
TOOL = "{http://ns.adobe.com/xap/1.0/}CreatorTool"

FILES = {
    "PNG": saved(scene(), "PNG"),
    "transparent PNG with extras": saved(cutout(), "PNG", exif=located(), icc_profile=wide_rgb(), dpi=(72, 72)),
    "JPEG": saved(scene(), "JPEG"),
    "JPEG with EXIF and ICC": saved(scene(), "JPEG", exif=located(), icc_profile=wide_rgb()),
    "WebP": saved(scene(), "WEBP"),
    "lossless WebP": saved(scene(321, 239), "WEBP", lossless=True),
    "transparent lossless WebP": saved(cutout(), "WEBP", lossless=True),
    "transparent WebP": saved(cutout(), "WEBP"),
    "WebP with EXIF and ICC": saved(scene(), "WEBP", exif=located(), icc_profile=wide_rgb()),
}


def said(data: bytes) -> tuple[str | None, str | None, str | None]:
    """Source type, tool and description as an XMP reader finds them."""
    info = opened(data).info
    packet = info.get("xmp") or info["XML:com.adobe.xmp"]
    root = ElementTree.fromstring(packet)
    about = root.find(".//rdf:Description", NAMES)
    assert about is not None
    text = about.find("dc:description/rdf:Alt/rdf:li", NAMES)
    assert text is not None
    return about.get(SOURCE), about.get(TOOL), text.text


@pytest.mark.parametrize("name", FILES)
def test_the_mark_can_be_read_back(name: str) -> None:
    assert said(marked(FILES[name], MARK)) == (AI_GENERATED, "Likeness", MARK.description)


@pytest.mark.parametrize("name", FILES)
def test_pixels_and_all_other_metadata_stay(name: str) -> None:
    before, after = opened(FILES[name]), opened(marked(FILES[name], MARK))
    assert (after.mode, after.size) == (before.mode, before.size)
    assert after.tobytes() == before.tobytes()
    for key in ("exif", "icc_profile", "dpi", "gamma"):
        assert after.info.get(key) == before.info.get(key)


@pytest.mark.parametrize("name", [name for name in FILES if "WebP" not in name])
def test_bytes_are_only_added_in_one_place(name: str) -> None:
    before, after = FILES[name], marked(FILES[name], MARK)
    start = next(at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other)
    assert before.endswith(after[start + len(after) - len(before) :])


@pytest.mark.parametrize("name", [name for name in FILES if "WebP" in name])
def test_a_webp_keeps_its_bitstream_and_tells_its_true_length(name: str) -> None:
    before, after = FILES[name], marked(FILES[name], MARK)
    at = max(before.find(b"VP8 "), before.find(b"VP8L"))
    length = struct.unpack_from("<I", before, at + 4)[0]
    assert before[at : at + 8 + length] in after
    assert struct.unpack_from("<I", after, 4)[0] == len(after) - 8


@pytest.mark.parametrize(("name", "flags"), [("lossless WebP", 0x04), ("transparent lossless WebP", 0x14)])
def test_a_webp_header_says_whether_it_can_be_seen_through(name: str, flags: int) -> None:
    after = marked(FILES[name], MARK)
    assert after[12:16] == b"VP8X"
    assert after[20] == flags


def test_a_png_is_marked_before_its_pixels_so_that_readers_need_not_load_them() -> None:
    after = marked(FILES["PNG"], MARK)
    assert after.index(b"iTXt") < after.index(b"IDAT")


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_has_a_packet_keeps_its_own(name: str) -> None:
    once = marked(FILES[name], MARK)
    assert marked(once, Mark(ALGORITHMICALLY_ENHANCED, "something else")) == once


def with_png_chunk(kind: bytes, body: bytes) -> bytes:
    pixels = zlib.compress(bytes(4))
    return png(png_header(1, 1), (kind, body), (b"IDAT", pixels), (b"IEND", b""))


def with_jpeg_segment(marker: int, body: bytes) -> bytes:
    plain = FILES["JPEG"]
    return plain[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + plain[2:]


def with_webp_chunk(kind: bytes, body: bytes) -> bytes:
    inner = FILES["WebP with EXIF and ICC"][8:] + kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


@pytest.mark.parametrize(
    "signed",
    [
        with_png_chunk(b"caBX", b"jumbf c2pa manifest"),
        png(png_header(1, 1), (b"IDAT", zlib.compress(bytes(4))), (b"caBX", b"c2pa"), (b"IEND", b"")),
        with_jpeg_segment(0xEB, b"JP\0\1 jumb c2pa manifest"),
        with_webp_chunk(b"C2PA", b"jumbf manifest"),
    ],
    ids=["PNG", "PNG signed behind its pixels", "JPEG", "WebP"],
)
def test_a_signed_file_is_left_alone_for_its_signature_covers_every_byte(signed: bytes) -> None:
    assert marked(signed, MARK) == signed


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (with_png_chunk(b"tEXt", b"Software\0Provider"), b"tEXtSoftware\0Provider"),
        (with_png_chunk(b"prVt", b"a provider's own"), b"prVta provider's own"),
        (with_jpeg_segment(0xEB, b"another use of this segment"), b"another use of this segment"),
        (with_webp_chunk(b"PROV", b"a provider's own"), b"a provider's own"),
    ],
)
def test_a_providers_other_marks_stay_beside_ours(data: bytes, kept: bytes) -> None:
    after = marked(data, MARK)
    assert kept in after
    assert said(after)[0] == AI_GENERATED


@pytest.mark.parametrize("format_", ["GIF", "HEIF", "TIFF"])
def test_other_formats_come_back_as_they_were(format_: str) -> None:
    data = saved(scene(), format_)
    assert marked(data, MARK) == data


def test_a_very_long_description_still_fits_a_jpeg() -> None:
    after = marked(FILES["JPEG"], Mark(AI_GENERATED, "&" * 100_000))
    assert said(after)[2] == "&" * 8_000


def test_characters_xml_cannot_carry_are_left_out() -> None:
    after = marked(FILES["PNG"], Mark(AI_GENERATED, "a\0b\x1bc\ud800d\nnext"))
    assert said(after)[2] == "abcd\nnext"


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WebP"])
def test_a_file_that_ends_in_its_header_is_truncated(name: str) -> None:
    with pytest.raises(PhotoError) as refusal:
        marked(FILES[name][:19], MARK)
    assert refusal.value.problem == "truncated"
