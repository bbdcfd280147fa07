"""Answers that are read whole before an SDK sees them: no more than is sane, and without a second layer of gzip."""

from collections.abc import AsyncIterator

import httpx2

from providers.contract.errors import Unusable
from providers.shared.picture_reader import NotAPicture, unpacked

LARGEST = 64 * 1024 * 1024
"""Bytes of an answer: a picture of 30 MB and a draft of it, in base64."""


async def limit(response: httpx2.Response) -> None:
    """Let an answer be read only so far; an httpx2 hook that runs before an answer is read.

    What its headers say of packing is dropped, since gateways pack twice or not at all: the bytes themselves tell.
    """
    assert isinstance(response.stream, httpx2.AsyncByteStream)
    response.stream = Limited(response.stream)
    if response.headers.get("content-encoding", "").lower() in ("gzip", "x-gzip", "deflate", "identity"):
        del response.headers["content-encoding"]


class Limited(httpx2.AsyncByteStream):
    """The bytes of an answer; ends in Unusable, at list price since it was paid for, when it grows beyond LARGEST."""

    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        data = bytearray()
        async for chunk in self._inner:
            data += chunk
            if len(data) > LARGEST:
                raise Unusable(f"the answer is larger than {LARGEST // 1024**2} MB")
        try:
            yield unpacked(bytes(data), LARGEST)
        except NotAPicture as exc:
            raise Unusable(str(exc)) from exc

    async def aclose(self) -> None:
        await self._inner.aclose()
