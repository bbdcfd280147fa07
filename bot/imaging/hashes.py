"""Fingerprints of bytes and of looks."""

import hashlib

import imagehash
from PIL import Image

NEAR = 6
"""Most bits in which the hashes of two copies of one photo differ, measured on resized and recompressed photos."""


def sha256(data: bytes) -> str:
    """The SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def phash(image: Image.Image) -> str:
    """The 64-bit perceptual hash of `image` in hexadecimal; near duplicates differ in at most 6 bits.

    Mirrored copies hash differently.
    """
    return str(imagehash.phash(image))


def near_duplicates(one: str, other: str) -> bool:
    """Whether two perceptual hashes differ in at most `NEAR` bits, as two copies of one photo do."""
    return imagehash.hex_to_hash(one) - imagehash.hex_to_hash(other) <= NEAR
