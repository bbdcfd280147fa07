"""The one reader of a picture's bytes, whatever an API, a gateway or a file server has wrapped them in.

Peels off gzip and zlib (also twice), JSON, data URIs and base64, and cuts off what follows a picture's end.
"""

import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from providers.shared import base64_text

LARGEST = 30 * 1024 * 1024
"""Bytes of a picture."""
_LAYERS = 6
_SIGNATURES = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF.{4}WEBP|GIF8[79]a|.{4}ftyp(?:avi[fs]|he[iv][cxms]|m[is]f1)"
    rb"|II[*+]\0|MM\0[*+]|BM.{4}\0{4}",
    re.DOTALL,
)
"""How JPEG, PNG, WebP, GIF, AVIF, HEIC, TIFF and BMP begin."""
_EMBEDDED = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff[\xdb\xe0-\xef]|RIFF.{4}WEBP", re.DOTALL)
_PREAMBLE = 1024
"""Bytes before a picture that are searched for its beginning, such as the head of a part of a form."""
_LONG = 1024
"""Characters from which on encoded text is taken for a picture, and not for an id or a signature."""
_PACKED = (b"\x1f\x8b", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
"""How gzip (RFC 1952) and zlib (RFC 1950) begin."""
_BOM = b"\xef\xbb\xbf"
_ASIDE = frozenset(
    ("input", "inputs", "prompt", "request", "parameters", "metadata", "usage", "urls", "logs", "mask", "info")
) | {"thumbnail", "thumbnail_url", "preview", "preview_url", "thumb"}
"""Keys under which an answer repeats the request or shows something smaller than the picture."""
_ENCODED = ("b64_json", "base64", "b64", "image_base64", "data", "bytes")
"""Keys whose text is a picture's and nothing else's."""
_PLACES = ("b64_json", "base64", "b64", "image_base64", "data", "bytes", "image", "url", "uri", "image_url", "output")
"""Keys that are looked at first, bytes before addresses."""
_MARKDOWN = re.compile(r"!\[[^\]]*\]\(\s*<?([^)\s>]+)")


class NotAPicture(ValueError):
    """Nothing that came is a whole picture; the message says why, for the log."""


class CutOff(NotAPicture):
    """A picture's end is missing; where it can be fetched again it may come whole."""


class Encoded(str):
    """Text that stands where an answer keeps a picture's bytes."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Address:
    """Where the picture lies instead; may be relative to the API's own address."""

    url: str


def picture_in(found: Any) -> bytes | Address | None:
    """The first picture in an answer, as its bytes or its address; None where there is nothing that could be one.

    `found` is bytes, text, or what JSON holds. Raises NotAPicture for one that is broken, cut off or above LARGEST.
    """
    problem: NotAPicture | None = None
    for candidate in _candidates(found):
        try:
            if (read := _read(candidate)) is not None:
                return read
        except NotAPicture as exc:
            problem = problem or exc
    if problem:
        raise problem
    return None


def unpacked(data: bytes, most: int) -> bytes:
    """`data` without the gzip and zlib around it; raises NotAPicture for one cut off or above `most` bytes."""
    for _ in range(_LAYERS):
        if not data.startswith(_PACKED):
            return data
        try:
            unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
            inner = unpacker.decompress(data, most + 1)
        except zlib.error:
            return data
        if not unpacker.eof and len(inner) <= most:
            raise CutOff("the packed answer is cut off")
        if len(inner) > most:
            raise NotAPicture(f"the packed answer holds more than {most // 1024**2} MB")
        data = inner
    return data


def parsed(body: bytes) -> Any:
    """The JSON of a body, also behind gzip, a byte order mark, or as server-sent events; raises ValueError."""
    text = unpacked(body, 3 * LARGEST).removeprefix(_BOM)
    try:
        return json.loads(text)
    except ValueError:
        events = [line[5:].strip() for line in text.splitlines() if line.startswith(b"data:")]
        if not events:
            raise
        return [json.loads(event) for event in events if event.startswith(b"{")]


# ── looking through an answer ────────────────────────────────────────────────────────────────────────────


def _candidates(found: Any) -> Iterator[bytes | str]:
    """The strings and byte arrays of an answer that may be a picture, the likeliest first."""
    match found:
        case str() | bytes():
            yield found
        case list() if _is_byte_array(found):
            yield bytes(found)
        case list():
            for one in found:
                yield from _candidates(one)
        case Mapping():
            named = [key for key in _PLACES if key in found]
            rest = [key for key in found if key not in _PLACES and str(key).lower() not in _ASIDE]
            for key in (*named, *rest):
                value = found[key]
                if key in _ENCODED and isinstance(value, str):
                    yield Encoded(value)
                else:
                    yield from _candidates(value)
        case _:
            pass


def _is_byte_array(found: list[Any]) -> bool:
    """Whether a list is bytes as numbers, as JavaScript's Buffer writes itself."""
    return len(found) > 32 and all(isinstance(one, int) and 0 <= one < 256 for one in found)


def _read(candidate: bytes | str) -> bytes | Address | None:
    if isinstance(candidate, bytes):
        return _peeled(candidate)
    text = candidate.strip()
    if link := _MARKDOWN.search(text):
        text = link[1]
    if re.match(r"https?://|/(?!9j/)[\w.~%-]+/|//", text, re.IGNORECASE) and len(text) < 8192:
        return Address(text)
    return _peeled(text.encode("utf-8", "replace"), expected=isinstance(candidate, Encoded) and bool(text))


# ── peeling ──────────────────────────────────────────────────────────────────────────────────────────────


def _peeled(data: bytes, *, expected: bool = False) -> bytes | Address | None:
    """The picture inside the layers of `data`; None where the innermost is no picture at all."""
    is_picture_expected = expected or base64_text.is_data_uri(data) or len(data) > _LONG
    for _ in range(_LAYERS):
        if _SIGNATURES.match(data):
            return _whole(data)
        if not (unwrap := _layer_of(data)):
            break
        try:
            data = unwrap(data)
        except NotAPicture:
            raise
        except ValueError as exc:
            if not is_picture_expected:
                return None
            raise NotAPicture(f"the picture cannot be decoded: {exc}") from exc
    else:
        raise NotAPicture(f"the picture has more than {_LAYERS} wrappings")
    return _innermost(data, is_picture_expected, is_words_allowed=not expected)


def _layer_of(data: bytes) -> Callable[[bytes], bytes] | None:
    """What undoes the outermost wrapping."""
    if data.startswith(_PACKED):
        return lambda packed: unpacked(packed, 2 * LARGEST)
    if base64_text.is_data_uri(data):
        return base64_text.decoded_uri
    if len(data) > 64 and base64_text.looks_encoded(data):
        return base64_text.decoded
    return None


def _innermost(data: bytes, expected: bool, *, is_words_allowed: bool) -> bytes | Address | None:
    text = data.removeprefix(_BOM).lstrip()
    if text[:1] in (b"{", b"[", b'"'):
        try:
            return picture_in(json.loads(text))
        except json.JSONDecodeError:
            pass
    if start := _EMBEDDED.search(data, 0, _PREAMBLE):
        return _whole(data[start.start() :])
    if expected and not (is_words_allowed and _is_words(data)):
        raise NotAPicture(f"{len(data)} bytes from {data[:8]!r} on are no picture")
    return None


def _is_words(data: bytes) -> bool:
    """Whether it is plain text with blanks in it, such as a long answer of the model."""
    text = data[:_PREAMBLE].decode("utf-8", "replace").removesuffix("\ufffd")
    return all(char.isprintable() or char.isspace() for char in text) and " " in text[:200]


# ── where a picture ends ─────────────────────────────────────────────────────────────────────────────────


def _whole(data: bytes) -> bytes:
    """The picture without what follows its end; raises NotAPicture for one that is cut off or too large."""
    if data.startswith(b"\x89PNG"):
        data = data[: _end_of_png(data)]
    elif data.startswith(b"RIFF"):
        end = int.from_bytes(data[4:8], "little") + 8
        if len(data) < end:
            raise CutOff(f"the picture is cut off after {len(data)} of {end} bytes")
        data = data[: end + end % 2]
    elif data.startswith(b"\xff\xd8\xff") and b"\xff\xd9" not in data:
        raise CutOff(f"the picture is cut off after {len(data)} bytes")
    if len(data) > LARGEST:
        raise NotAPicture("the picture is larger than 30 MB")
    return data


def _end_of_png(data: bytes) -> int:
    """Where a PNG ends, chunk by chunk (PNG specification, 5.3); raises CutOff without its last chunk."""
    at = 8
    while at + 12 <= len(data):
        at += int.from_bytes(data[at : at + 4], "big") + 12
        if data.startswith(b"IEND", at - 8):  # its length is always 0
            return at
    raise CutOff(f"the picture is cut off after {len(data)} bytes")
