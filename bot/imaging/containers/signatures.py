"""The picture formats we take, told apart by their first bytes and never by a file's name."""

import re
from typing import Literal, TypeAlias

from bot.imaging.containers.heif_boxes import brands

MediaType: TypeAlias = Literal[
    "image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "image/heic", "image/tiff", "image/bmp",
    "image/x-raw",
]  # fmt: skip

_HEAD = 512
"""Bytes a signature may look at."""

_SIGNATURES: dict[MediaType, bytes] = {
    "image/jpeg": rb"\xff\xd8\xff",
    "image/png": rb"\x89PNG\r\n\x1a\n",
    "image/webp": rb"RIFF.{4}WEBP",
    "image/gif": rb"GIF8[79]a",
    # Fujifilm, Panasonic and Leica, Olympus, Canon (CRW), Sigma, Minolta
    "image/x-raw": rb"FUJIFILMCCD-RAW|IIU\0|IIR[OS]|MMOR|II.{4}HEAPCCDR|FOVb|\0MRM",
    "image/tiff": rb"II[*+]\0|MM\0[*+]",
    # The last field is the length of the second header: plain text begins with BM, too.
    "image/bmp": rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0{3}",
}
_AVIF = frozenset((b"avif", b"avis"))
_HEIC = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"))
_STRUCTURES = frozenset((b"mif1", b"msf1"))
"""Brands that say how a file is built, not how its pictures are coded."""


def recognised(data: bytes) -> MediaType | None:
    """The format `data` begins like, or None. RAW files that are TIFFs by their first bytes are called TIFF."""
    head = data[:_HEAD]
    named = brands(head)
    if named:
        return _by_brand(named)
    return next((type_ for type_, signature in _SIGNATURES.items() if re.match(signature, head, re.DOTALL)), None)


def _by_brand(named: tuple[bytes, ...]) -> MediaType | None:
    major, others = named[0], set(named)
    if major == b"crx ":  # Canon CR3
        return "image/x-raw"
    if major in _AVIF or (major not in _HEIC - _STRUCTURES and _AVIF & others):
        return "image/avif"
    return "image/heic" if _HEIC & others else None
