"""A copy that leaves us has the same pixels, says what made it, and tells nothing else."""

import struct
import zlib
from collections.abc import Callable
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import ExifTags, Image

from bot.imaging.decoding.reading import GENERATED, read
from bot.imaging.export.marks import AI_GENERATED, ALGORITHMICALLY_ENHANCED, marked
from bot.imaging.values import Mark
from tests.imaging.pictures import cutout, located, opened, png, png_header, saved, scene
from tests.imaging.samples.profiles import wide_rgb

MARK = Mark(AI_GENERATED, "A fox & a <vixen>, by the sea — 🦊")

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
}
SOURCE = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"
TOOL = "{http://ns.adobe.com/xap/1.0/}CreatorTool"

FILES = {
    "PNG": saved(scene(160, 120), "PNG"),
    "transparent PNG with a profile": saved(cutout(160, 120), "PNG", icc_profile=wide_rgb(), dpi=(72, 72)),
    "palette PNG": saved(scene(160, 120).quantize(32), "PNG"),
    "JPEG": saved(scene(160, 120), "JPEG"),
    "JPEG with a profile": saved(scene(160, 120), "JPEG", icc_profile=wide_rgb()),
    "progressive JPEG": saved(scene(160, 120), "JPEG", progressive=True),
    "JPEG in print colours": saved(scene(160, 120).convert("CMYK"), "JPEG"),
    "WebP": saved(scene(160, 120), "WEBP"),
    "lossless WebP": saved(scene(161, 119), "WEBP", lossless=True),
    "transparent lossless WebP": saved(cutout(160, 120), "WEBP", lossless=True),
    "transparent WebP": saved(cutout(160, 120), "WEBP"),
    "WebP with a profile": saved(scene(160, 120), "WEBP", icc_profile=wide_rgb()),
}

SMALL = scene(80, 64)
SECRET = b"sha256-of-a-private-photo"
WORKFLOW = b'{"3": {"class_type": "LoadImage", "inputs": {"image": "' + SECRET + b'.png"}}}'


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
def test_pixels_and_what_their_colours_are_stay(name: str) -> None:
    before, after = opened(FILES[name]), opened(marked(FILES[name], MARK))
    assert (after.mode, after.size) == (before.mode, before.size)
    assert after.tobytes() == before.tobytes()
    for key in ("icc_profile", "dpi", "gamma", "transparency"):
        assert after.info.get(key) == before.info.get(key)


@pytest.mark.parametrize("name", FILES)
def test_a_second_mark_takes_the_place_of_the_first(name: str) -> None:
    once = marked(FILES[name], MARK)
    assert marked(once, MARK) == once
    other = Mark(ALGORITHMICALLY_ENHANCED, "something else")
    assert marked(once, other) == marked(FILES[name], other)


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


def with_png_chunk(kind: bytes, body: bytes, *, behind: bool = False) -> bytes:
    pixels = (b"IDAT", zlib.compress(bytes(4)))
    listed = (pixels, (kind, body)) if behind else ((kind, body), pixels)
    return png(png_header(1, 1), *listed, (b"IEND", b""))


def with_jpeg_segment(marker: int, body: bytes) -> bytes:
    plain = FILES["JPEG"]
    return plain[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + plain[2:]


def with_webp_chunk(*chunks: tuple[bytes, bytes]) -> bytes:
    inner = FILES["WebP with a profile"][8:]
    for kind, body in chunks:
        inner += kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def between_scans(comment: bytes) -> bytes:
    plain = FILES["progressive JPEG"]
    at = plain.index(b"\xff\xda", plain.index(b"\xff\xda") + 2)
    return plain[:at] + struct.pack(">BBH", 0xFF, 0xFE, len(comment) + 2) + comment + plain[at:]


def exif_with(text: bytes | str) -> bytes:
    """What ComfyUI (in Make) and AUTOMATIC1111 (in UserComment, UTF-16) write into JPEG and WebP."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = text
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = b"UNICODE\0" + SECRET.decode().encode("utf-16-be")
    return exif.tobytes()


def boxed(data: bytes) -> bytes:
    """An AVIF or HEIC with Content Credentials in a box of its own."""
    body = bytes.fromhex("d8fec3d61b0e483c92975828877ec481") + b"jumbf c2pa manifest"
    return data + struct.pack(">I", len(body) + 8) + b"uuid" + body


def gif_with(extension: bytes) -> bytes:
    plain = saved(SMALL.quantize(16), "GIF")
    at = 13 + 3 * 2 ** ((plain[10] & 7) + 1)
    return plain[:at] + extension + plain[at:]


UNICODE = SECRET.decode().encode("utf-16-be")
TELLTALES: dict[str, Callable[[], bytes]] = {
    "PNG text": lambda: with_png_chunk(b"tEXt", b"prompt\0" + WORKFLOW),
    "PNG compressed text": lambda: with_png_chunk(b"zTXt", b"workflow\0\0" + zlib.compress(WORKFLOW)),
    "PNG international text": lambda: with_png_chunk(b"iTXt", b"parameters\0\0\0\0\0" + WORKFLOW),
    "PNG text behind the pixels": lambda: with_png_chunk(b"tEXt", b"workflow\0" + WORKFLOW, behind=True),
    "PNG with XMP of another program": lambda: with_png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET),
    "PNG with EXIF": lambda: with_png_chunk(b"eXIf", exif_with(WORKFLOW).removeprefix(b"Exif\0\0")),
    "PNG with a chunk of its own": lambda: with_png_chunk(b"prVt", SECRET),
    "PNG with the time": lambda: with_png_chunk(b"tIME", SECRET[:7]),
    "PNG with data behind its end": lambda: FILES["PNG"] + SECRET,
    "JPEG comment": lambda: with_jpeg_segment(0xFE, WORKFLOW),
    "JPEG comment between scans": lambda: between_scans(WORKFLOW),
    "JPEG with EXIF": lambda: saved(SMALL, "JPEG", exif=exif_with(WORKFLOW)),
    "JPEG with XMP of another program": lambda: saved(SMALL, "JPEG", xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"),
    "JPEG with IPTC": lambda: with_jpeg_segment(0xED, b"Photoshop 3.0\0" + SECRET),
    "JPEG with a segment of its own": lambda: with_jpeg_segment(0xE9, SECRET),
    "JPEG with data behind its end": lambda: FILES["JPEG"] + SECRET,
    "JPEG with a second picture": lambda: saved(SMALL, "MPO", save_all=True, append_images=[SMALL], comment=SECRET),
    "WebP with EXIF": lambda: saved(SMALL, "WEBP", exif=exif_with(WORKFLOW)),
    "WebP with XMP of another program": lambda: saved(SMALL, "WEBP", xmp=SECRET),
    "WebP with a chunk of its own": lambda: with_webp_chunk((b"PROV", SECRET)),
    "GIF comment": lambda: gif_with(b"!\xfe" + bytes([len(SECRET)]) + SECRET + b"\0"),
    "GIF with application data": lambda: gif_with(b"!\xff\x0bXMP DataXMP" + bytes([len(SECRET)]) + SECRET + b"\0"),
    "AVIF with EXIF": lambda: saved(SMALL, "AVIF", exif=exif_with(WORKFLOW), speed=10),
    "AVIF with XMP": lambda: saved(SMALL, "AVIF", xmp=b"<x>" + SECRET + b"</x>", speed=10),
    "HEIC with EXIF": lambda: saved(SMALL, "HEIF", exif=exif_with(WORKFLOW)),
    "TIFF with a description": lambda: saved(SMALL, "TIFF", description=WORKFLOW.decode(), software=SECRET.decode()),
    "TIFF with EXIF": lambda: saved(SMALL, "TIFF", exif=exif_with(WORKFLOW)),
}


@pytest.mark.parametrize("name", TELLTALES)
@pytest.mark.parametrize("mark", [MARK, None], ids=["marked", "unmarked"])
def test_nothing_of_what_a_program_wrote_about_its_work_leaves(name: str, mark: Mark | None) -> None:
    data = TELLTALES[name]()
    assert SECRET in data or UNICODE in data or zlib.compress(WORKFLOW) in data or "time" in name

    after = marked(data, mark)

    for told in (SECRET, SECRET[:7], UNICODE, zlib.compress(WORKFLOW), b"class_type"):
        assert told not in after
    one, other = (np.asarray(read(file, 4096, GENERATED).image) for file in (data, after))
    assert np.array_equal(one, other)


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP"])
def test_a_picture_that_lies_on_its_side_stays_upright_and_loses_the_place_it_was_taken(format_: str) -> None:
    data = saved(SMALL, format_, exif=located(orientation=6))
    after = marked(data, MARK)
    exif = opened(after).getexif()
    assert dict(exif) == {ExifTags.Base.Orientation: 6}
    assert not exif.get_ifd(ExifTags.IFD.GPSInfo)
    assert said(after)[0] == AI_GENERATED


def test_a_jpeg_whose_exif_says_adobe_rgb_stays_in_adobe_rgb() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Camera"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.ColorSpace] = 2
    data = saved(SMALL, "JPEG", exif=exif.tobytes())
    after = marked(data, MARK)
    assert b"Camera" not in after
    one, other = (np.asarray(read(file, 4096, GENERATED).image) for file in (data, after))
    assert np.array_equal(one, other)


SIGNED = {
    "PNG": lambda: with_png_chunk(b"caBX", b"jumbf c2pa manifest"),
    "PNG signed behind its pixels": lambda: with_png_chunk(b"caBX", b"c2pa", behind=True),
    "JPEG": lambda: with_jpeg_segment(0xEB, b"JP\0\1 jumb c2pa manifest"),
    "WebP": lambda: with_webp_chunk((b"C2PA", b"jumbf manifest")),
    "AVIF": lambda: boxed(saved(SMALL, "AVIF", speed=10)),
    "HEIC": lambda: boxed(saved(SMALL, "HEIF")),
}


@pytest.mark.parametrize("name", SIGNED)
def test_a_signed_file_is_left_alone_for_its_signature_covers_every_byte(name: str) -> None:
    assert marked(SIGNED[name](), MARK) == SIGNED[name]()


def test_harmless_words_in_a_signed_file_stay_with_it() -> None:
    signed = png(
        png_header(1, 1), (b"tEXt", b"Software\0Provider"), (b"caBX", b"c2pa"), (b"IDAT", zlib.compress(bytes(4))),
        (b"IEND", b""),
    )  # fmt: skip
    assert marked(signed, MARK) == signed


@pytest.mark.parametrize(
    "signed",
    [
        lambda: png(
            png_header(1, 1), (b"zTXt", b"workflow\0\0" + zlib.compress(WORKFLOW)), (b"caBX", b"c2pa"),
            (b"IDAT", zlib.compress(bytes(4))), (b"IEND", b""),
        ),
        lambda: with_jpeg_segment(0xEB, b"jumb c2pa")[:2] + with_jpeg_segment(0xFE, WORKFLOW)[2:len(WORKFLOW) + 6]
        + with_jpeg_segment(0xEB, b"jumb c2pa")[2:],
        lambda: with_webp_chunk((b"C2PA", b"jumbf"), (b"EXIF", exif_with(WORKFLOW))),
    ],
    ids=["PNG", "JPEG", "WebP"],
)  # fmt: skip
def test_a_signed_file_that_tells_how_it_was_made_loses_both(signed: Callable[[], bytes]) -> None:
    assert b"c2pa" in signed().lower()
    after = marked(signed(), MARK)
    assert b"c2pa" not in after.lower()
    assert SECRET not in after
    assert said(after)[0] == AI_GENERATED


def test_a_very_long_description_still_fits_a_jpeg() -> None:
    after = marked(FILES["JPEG"], Mark(AI_GENERATED, "&" * 100_000))
    assert said(after)[2] == "&" * 8_000


def test_characters_xml_cannot_carry_are_left_out() -> None:
    after = marked(FILES["PNG"], Mark(AI_GENERATED, "a\0b\x1bc\ud800d\nnext"))
    assert said(after)[2] == "abcd\nnext"


@pytest.mark.parametrize("data", [b"", b"no picture", b"BM", *(FILES[name][:19] for name in ("JPEG", "WebP"))])
def test_a_file_that_cannot_be_read_stays_as_it_is(data: bytes) -> None:
    assert marked(data, MARK) == data


@pytest.mark.parametrize("name", [*FILES, *TELLTALES])
def test_no_file_that_was_damaged_stops_anybody(name: str) -> None:
    data = FILES[name] if name in FILES else TELLTALES[name]()
    for at in range(0, len(data), max(1, len(data) // 12)):
        marked(data[:at], MARK)
        marked(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :], MARK)
