"""Decoding base64 as APIs and gateways write it: in lines, URL-safe, without padding, as a data URI, or twice."""

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

_SLICE = 1024 * 1024
_URI = re.compile(rb"\s*data:[^,]{0,200},", re.IGNORECASE)
_ALPHABET = re.compile(rb"[A-Za-z0-9+/_\-=\s]+")
_BLANKS = b" \t\r\n\f\v\"'"
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_ESCAPED = re.compile(rb"\\[nrt/]|%[0-9A-Fa-f]{2}")
_LOOKED_AT = 4096


def is_data_uri(text: bytes) -> bool:
    """Whether `text` begins like a data URI (RFC 2397)."""
    return bool(_URI.match(text[:_LOOKED_AT]))


def looks_encoded(text: bytes) -> bool:
    """Whether the start of `text` has only characters of base64, either alphabet and line breaks included.

    Words are told from it by their length.
    """
    head = _unescaped(text[:_LOOKED_AT].strip(_BLANKS))
    return len(head) >= 16 * max(1, len(head.split())) and bool(_ALPHABET.fullmatch(head))


def decoded_uri(text: bytes) -> bytes:
    """The bytes of a data URI; raises ValueError. One that forgot to say ";base64" is decoded all the same."""
    start = _URI.match(text[:_LOOKED_AT])
    if start is None:
        raise ValueError("it is no data URI")
    payload = text[start.end() :]
    if b";base64" in start[0].lower() or looks_encoded(payload):
        return decoded(payload)
    return unquote_to_bytes(payload)


def decoded(text: bytes) -> bytes:
    """The bytes of base64 text; raises ValueError.

    Spaces inside the text stand for "+" when they are no line breaks, as after a form was decoded once too often. The
    work is done in slices so that other threads get their turn.
    """
    text = text.strip(_BLANKS)
    if _ESCAPED.search(text[:_LOOKED_AT]):
        text = _unescaped(text)
    if b" " in text and b"+" not in text and b"-" not in text:
        text = text.replace(b" ", b"+")
    return b"".join(_pieces(text))


def _pieces(text: bytes) -> list[bytes]:
    rest = b""
    pieces = []
    for start in range(0, len(text), _SLICE):
        clean = rest + text[start : start + _SLICE].translate(_URL_SAFE, _BLANKS + b"=")
        whole = len(clean) - len(clean) % 4
        pieces.append(_strict(clean[:whole]))
        rest = clean[whole:]
    pieces.append(_strict(rest + b"=" * (-len(rest) % 4)))
    return pieces


def _strict(text: bytes) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as exc:
        raise ValueError(f"it is no base64: {exc}") from exc


def _unescaped(text: bytes) -> bytes:
    """Without the escapes of JSON and of URLs, which some gateways leave in."""
    for escape, character in ((rb"\/", b"/"), (rb"\n", b""), (rb"\r", b""), (rb"\t", b"")):
        text = text.replace(escape, character)
    return unquote_to_bytes(text) if b"%" in text else text
