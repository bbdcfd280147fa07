"""Fingerprints of bytes and of looks."""

import hashlib

import imagehash
from PIL import Image


def sha256(data: bytes) -> str:
    """The SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def phash(image: Image.Image) -> str:
    """The 64-bit perceptual hash of `image` in hexadecimal; near duplicates differ in at most 6 bits.

    Mirrored copies hash differently.
    """
    return str(imagehash.phash(image))
