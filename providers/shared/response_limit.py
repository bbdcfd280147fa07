"""No more of an answer than is sane: one that never ends must not fill the memory."""

from collections.abc import AsyncIterator

import httpx2

from providers.contract.errors import NoImage

LARGEST = 64 * 1024 * 1024
"""Bytes of an answer: a picture of 30 MB and a draft of it, in base64."""


async def limit(response: httpx2.Response) -> None:
    """Let an answer be read only so far; an httpx2 hook that runs before an answer is read."""
    assert isinstance(response.stream, httpx2.AsyncByteStream)
    response.stream = Limited(response.stream)


class Limited(httpx2.AsyncByteStream):
    """An answer that ends in NoImage, at list price since it was paid for, when it grows beyond LARGEST."""

    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        read = 0
        async for chunk in self._inner:
            read += len(chunk)
            if read > LARGEST:
                raise NoImage(f"the answer is larger than {LARGEST // 1024**2} MB", cost=None)
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()
