"""Copies of finished files as they leave us: without foreign metadata, and with our own mark.

Programs write prompts, parameters, whole workflows and checksums of the photos they were given into the pictures they
make. A copy that leaves carries the pixels, what their colours are, our XMP packet, and Content Credentials (C2PA). A
file signed with these is left alone, because the signature covers every byte and says where the picture comes from
itself; but one that also tells how it was made loses both, for what it tells is private and the signature is no longer
true of the rest.
"""

import logging
import struct

from bot.imaging.containers.signatures import recognised
from bot.imaging.export.in_place import clean_gif, clean_heif, clean_tiff
from bot.imaging.export.jpeg import clean_jpeg
from bot.imaging.export.png import clean_png
from bot.imaging.export.webp import clean_webp
from bot.imaging.export.xmp import packet
from bot.imaging.values import Mark

log = logging.getLogger(__name__)

AI_GENERATED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
ALGORITHMICALLY_ENHANCED = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced"


def marked(data: bytes, mark: Mark | None) -> bytes:
    """A clean copy with `mark` as XMP (PNG, JPEG and WebP); a file that cannot be read stays as it is."""
    try:
        return _clean(data, packet(mark) if mark else None)
    except (struct.error, LookupError, ValueError) as exc:
        log.warning("a picture of %d bytes was not cleaned: %s", len(data), exc)
        return data


def _clean(data: bytes, xmp: bytes | None) -> bytes:
    match recognised(data):
        case "image/png":
            return clean_png(data, xmp)
        case "image/jpeg":
            return clean_jpeg(data, xmp)
        case "image/webp":
            return clean_webp(data, xmp)
        case "image/gif":
            return clean_gif(data)
        case "image/avif" | "image/heic":
            return clean_heif(data)
        case "image/tiff":
            return clean_tiff(data)
        case _:
            return data
