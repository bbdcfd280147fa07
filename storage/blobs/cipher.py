"""Encryption of stored pictures: AES-256-GCM (NIST SP 800-38D), the nonce before the ciphertext, or none."""

import os
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE, _TAG = 12, 16
"""Bytes before and after the ciphertext."""
_PROOF = b"the key that this store is encrypted with"
PLAIN = "plain"
"""The proof of no key."""


class Cipher:
    """Seals and opens bytes with a key of 32 bytes, or leaves them as they are without one."""

    def __init__(self, key: bytes | None = None) -> None:
        self._aead = AESGCM(key) if key else None
        self.encrypts = bool(key)
        self.overhead = _NONCE + _TAG if key else 0

    def seal(self, data: bytes) -> bytes:
        """The bytes as they are stored."""
        if not self._aead:
            return data
        nonce = os.urandom(_NONCE)
        return nonce + self._aead.encrypt(nonce, data, None)

    def open(self, stored: bytes) -> bytes | None:
        """The bytes as they were before; None if they are of another key or damaged. Without a key all bytes open."""
        if not self._aead:
            return stored
        try:
            return self._aead.decrypt(stored[:_NONCE], stored[_NONCE:], None)
        except (InvalidTag, ValueError):
            return None

    def proof(self) -> str:
        """A text by which this key is known again, and which tells nothing of it."""
        return b64encode(self.seal(_PROOF)).decode() if self._aead else PLAIN

    def proves(self, proof: str) -> bool:
        """Whether a proof was made with this key."""
        if proof == PLAIN or not self._aead:
            return proof == PLAIN and not self._aead
        try:
            return self.open(b64decode(proof, validate=True)) == _PROOF
        except ValueError:
            return False


def cipher_of(key: str | None) -> Cipher:
    """The cipher of a key in base64, URL-safe or not, padded or not; of none without one. Raises ValueError."""
    if not key:
        return Cipher()
    plain = key.strip().replace("-", "+").replace("_", "/").rstrip("=")
    secret = b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    if len(secret) != 32:
        raise ValueError(f"32 bytes are needed, {len(secret)} were given")
    return Cipher(secret)
