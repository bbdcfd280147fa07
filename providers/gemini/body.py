"""A body that is put together piece by piece as it is sent, so that photos never stand in memory as JSON.

The SDK would turn 14 photos of 600 kB into JSON at once on the event loop: 40 ms in which nothing else runs, and
three copies kept until the answer comes. So it is given a mark for each photo, and the bytes take its place here.
"""

import base64
import re
import secrets
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager

import httpx2

PIECE = 3 * 64 * 1024
"""Bytes of a photo that are encoded at a time; a multiple of 3, so that the pieces join to one base64 text."""
_PREFIX = base64.urlsafe_b64decode(b"photo---")
_MARK = re.compile(rb"(photo---[\w-]{32})")


class Photos:
    """The photos of the calls under way, each by a mark that no prompt can contain since it is drawn anew."""

    def __init__(self) -> None:
        self._photos: dict[bytes, bytes] = {}

    @contextmanager
    def lent(self, photos: Sequence[bytes]) -> Iterator[list[bytes]]:
        """Marks to hand to the SDK in place of the photos, as long as their call lasts."""
        marks = [_PREFIX + secrets.token_bytes(24) for _ in photos]
        written = [base64.urlsafe_b64encode(mark) for mark in marks]
        self._photos.update(zip(written, photos, strict=True))
        try:
            yield marks
        finally:
            for mark in written:
                del self._photos[mark]

    async def put_in(self, request: httpx2.Request) -> None:
        """Give a paid call its body; an httpx2 hook that runs before a request is sent."""
        if request.method != "POST":
            return
        body = Body(self._pieces(request.content))
        request.stream = body
        request.headers["Content-Length"] = str(len(body))

    def _pieces(self, content: bytes) -> list[bytes | memoryview]:
        """The body's own bytes, and between them the photos as they are."""
        parts = _MARK.split(content)
        return [memoryview(self._photos[part]) if part in self._photos else part for part in parts]


class Body(httpx2.AsyncByteStream):
    """The body of a paid call; until it is `handed_over` whole, nobody can have accepted the call."""

    def __init__(self, pieces: Sequence[bytes | memoryview]) -> None:
        self._pieces = pieces
        self.handed_over = False

    def __len__(self) -> int:
        return sum(-(-len(piece) // 3) * 4 if isinstance(piece, memoryview) else len(piece) for piece in self._pieces)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        *pieces, end = self._pieces  # a photo is never the end: the JSON is closed after it
        for piece in pieces:
            for start in range(0, len(piece), PIECE):
                part = piece[start : start + PIECE]
                yield base64.b64encode(part) if isinstance(part, memoryview) else part
        self.handed_over = True
        yield bytes(end)
