"""One-use codes: 128 random bits that people can type, and the hash under which they are kept."""

import base64
import hashlib
import secrets

_BYTES = 16
LONGEST = 60
"""Characters of a code as typed, with whatever stands between its letters."""


def new_code() -> str:
    """26 letters and digits (RFC 4648 base 32: no 0, 1, 8 or 9 to mistake for letters)."""
    return base64.b32encode(secrets.token_bytes(_BYTES)).decode().rstrip("=")


def key_of(code: str) -> str:
    """What is stored of a code: 128 bits of its SHA-256 in hex, however it was spaced or capitalised."""
    typed = "".join(char for char in code.upper() if char.isalnum())
    return hashlib.sha256(typed.encode()).hexdigest()[:32]
