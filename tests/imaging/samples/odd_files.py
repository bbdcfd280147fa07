"""What people send by mistake or on purpose that is no photo."""

import io
import struct
import zipfile
import zlib

from tests.imaging.samples.files import chunk, jpeg
from tests.imaging.samples.sample import Sample


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("photo.jpg", jpeg())
    return out.getvalue()


def _ftyp(brand: bytes) -> bytes:
    return struct.pack(">I", 24) + b"ftyp" + brand + bytes(4) + brand + b"iso6" + bytes(2000)


def _gif_that_outgrows_its_screen() -> bytes:
    screen = b"GIF89a" + struct.pack("<HHBBB", 100, 100, 0, 0, 0)
    return screen + b"," + struct.pack("<HHHHB", 0, 0, 60_000, 60_000, 0) + b"\x02\x02\x4c\x01\x00;"


def _iphone_png() -> bytes:
    header = struct.pack(">IIBBBBB", 160, 120, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"CgBI", b"\x50\0\x20\6")
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(99))[2:])
    )


SAMPLES = (
    Sample("A file without bytes", lambda: b"", "empty"),
    Sample("Text", lambda: b"Dear diary, today I took a photo.", "not_a_photo"),
    Sample(
        "Text that begins like a BMP", lambda: b"BMW makes cars in Munich, and has for a hundred years.", "not_a_photo"
    ),
    Sample(
        "An error page instead of a picture (HTML)",
        lambda: b"<!DOCTYPE html><html><h1>403 Forbidden</h1></html>",
        "not_a_photo",
    ),
    Sample("An answer of a server (JSON)", lambda: b'{"error": "expired"}', "not_a_photo"),
    Sample("A drawing (SVG) called .jpg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', "not_a_photo"),
    Sample("A PDF called .jpg", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + jpeg(), "not_a_photo"),
    Sample("An archive (ZIP) called .jpg", _zip, "not_a_photo"),
    Sample("A film (MP4)", lambda: _ftyp(b"isom"), "not_a_photo"),
    Sample("A live photo's film (MOV)", lambda: _ftyp(b"qt  "), "not_a_photo"),
    Sample("JPEG XL", lambda: b"\xff\x0a" + bytes(500), "not_a_photo"),
    Sample("JPEG XL in boxes", lambda: b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(500), "not_a_photo"),
    Sample("JPEG 2000", lambda: b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(500), "not_a_photo"),
    Sample("An icon (ICO)", lambda: b"\0\0\1\0\1\0\x10\x10" + bytes(500), "not_a_photo"),
    Sample("Photoshop (PSD)", lambda: b"8BPS\0\1" + bytes(500), "not_a_photo"),
    Sample("TGA", lambda: b"\0\0\2" + bytes(9) + b"\xa0\0\x78\0\x18\0" + bytes(57600), "not_a_photo"),
    Sample("OpenEXR", lambda: b"v/1\x01" + bytes(500), "not_a_photo"),
    Sample("A file of zeros", lambda: bytes(5000), "not_a_photo"),
    Sample("The first bytes of a JPEG and no more", lambda: b"\xff\xd8\xff\xe0", "truncated"),
    Sample("The first bytes of a PNG and no more", lambda: b"\x89PNG\r\n\x1a\n", "truncated"),
    Sample("The first bytes of a TIFF and no more", lambda: b"II*\0\x08\0\0\0", "truncated"),
    Sample("The first bytes of a WebP and no more", lambda: b"RIFF\x10\0\0\0WEBPVP8 ", "truncated"),
    Sample("The first bytes of a HEIC and no more", lambda: _ftyp(b"heic")[:24], "truncated"),
    Sample("The first bytes of an AVIF and no more", lambda: _ftyp(b"avif")[:24], "truncated"),
    Sample("The first bytes of a GIF and no more", lambda: b"GIF89a\x64\0\x64\0\0\0\0", "truncated"),
    Sample(
        "A JPEG of no height",
        lambda: jpeg().replace(struct.pack(">HH", 120, 160), struct.pack(">HH", 0, 160), 1),
        "truncated",
    ),
    Sample("A GIF whose picture outgrows its screen", _gif_that_outgrows_its_screen, "too_many_pixels"),
    Sample("A PNG of an iPhone program (CgBI)", _iphone_png, "not_a_photo"),
)
