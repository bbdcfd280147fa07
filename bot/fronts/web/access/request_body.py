"""Reads the bodies of requests: bounded in size and time, and 400 for whatever is not what it says it is."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, web

from bot.fronts.web.access.refusal import Refused

_Read = TypeVar("_Read")

TEXT_MOST = 2**20
"""Bytes of JSON or text."""
FORM_MOST = 10_000
"""Bytes of a form on one of our plain pages."""
SILENCE = 15.0
"""Seconds in which a sender may send nothing."""
GRACE = 20.0
"""Seconds after which a body must have come at LEAST_RATE on average."""
LEAST_RATE = 8 * 1024
"""Bytes a second; a slow telephone line sends more."""
_CHARSETS = frozenset({None, "utf-8", "utf8", "us-ascii"})


async def read_bytes(request: web.Request, most: int) -> bytes:
    """The whole body; raises Refused for one that is larger than `most`, cut, or too slow."""
    _refuse_encoded(request)
    if (request.content_length or 0) > most:
        raise Refused(413, "web-too-large")
    pace, body = Pace(), bytearray()
    with malformed_is_refused():
        while chunk := await pace.next(request.content.readany()):
            body += chunk
            if len(body) > most:
                raise Refused(413, "web-too-large")
            pace.came(len(chunk))
    return bytes(body)


async def read_text(request: web.Request) -> str:
    """The body as text; raises Refused also where it is no UTF-8."""
    with malformed_is_refused():
        if (request.charset or "utf-8").lower() not in _CHARSETS:
            raise Refused(400, "web-not-understood")
    data = await read_bytes(request, TEXT_MOST)
    with malformed_is_refused():
        return data.decode()


async def read_form(request: web.Request) -> Mapping[str, str]:
    """The fields of an ordinary form, the last of each name; raises Refused."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise Refused(400, "web-not-understood")
    data = await read_bytes(request, FORM_MOST)
    with malformed_is_refused():
        fields = parse_qsl(data.decode(), keep_blank_values=True, errors="strict", max_num_fields=20)
    return {name: value.replace("\0", "") for name, value in fields}


async def parts(request: web.Request) -> AsyncIterator[tuple[BodyPartReader, AsyncIterator[bytes]]]:
    """The parts of a multipart body, each with its bytes as they come; raises Refused."""
    _refuse_encoded(request)
    pace = Pace()
    with malformed_is_refused():
        reader = await request.multipart()
        while (part := await pace.next(reader.next())) is not None:
            if isinstance(part, MultipartReader):
                raise Refused(400, "web-not-understood")
            yield part, _chunks(part, pace)


def _refuse_encoded(request: web.Request) -> None:
    """Refuse compressed bodies, which no page of ours sends: few bytes may unpack to many."""
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Refused(400, "web-not-understood")


async def _chunks(part: BodyPartReader, pace: "Pace") -> AsyncIterator[bytes]:
    with malformed_is_refused():
        while chunk := await pace.next(part.read_chunk(2**16)):
            pace.came(len(chunk))
            yield chunk


class Pace:
    """Ends a body that comes too slowly."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._bytes = 0

    async def next(self, reading: Awaitable[_Read]) -> _Read:
        """Await one read; raises Refused after SILENCE."""
        try:
            async with asyncio.timeout(SILENCE):
                return await reading
        except TimeoutError as exc:
            raise Refused(408, "web-too-slow") from exc

    def came(self, count: int) -> None:
        """Count bytes; raises Refused when they came too slowly so far."""
        self._bytes += count
        elapsed = time.monotonic() - self._began
        if elapsed > GRACE and self._bytes < elapsed * LEAST_RATE:
            raise Refused(408, "web-too-slow")


@contextmanager
def malformed_is_refused() -> Iterator[None]:
    """Turn the errors of parsers, which raise many kinds, into a refusal; a lost connection stays one."""
    try:
        yield
    except (Refused, ConnectionError, asyncio.CancelledError, web.HTTPException):
        raise
    except Exception as exc:
        raise Refused(400, "web-not-understood") from exc
