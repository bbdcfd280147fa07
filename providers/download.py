"""Fetching a finished picture from where a provider put it, before it is deleted there."""

import asyncio

import aiohttp
from yarl import URL

from providers.addresses import allowed, public_only
from providers.errors import NoImage, ProviderError, UnknownOutcome

SECONDS = 60.0
"""For one download."""
LARGEST = 30 * 1024 * 1024
"""Bytes of a picture."""
TRIES = 5
"""A paid picture is asked for again before it is given up."""
PAUSE = 1.0
"""Seconds before the second try, twice as long before each later one."""
_REDIRECTS = 3
_CHUNK = 64 * 1024


class Downloads:
    """Fetches bytes from public https addresses, and from the host and port of `base` whatever they are.

    No header of ours goes along, above all no key.
    """

    def __init__(self, base: str | None = None, *, pause: float = PAUSE) -> None:
        self._base = URL(base) if base else None
        self._pause = pause

    async def picture(self, address: str) -> bytes:
        """The bytes behind a URL, at most 30 MB.

        Raises NoImage for what is no picture or too large, at list price since it was paid for, and UnknownOutcome
        when it cannot be fetched.
        """
        problem = ""
        for turn in range(TRIES):
            if turn:
                await asyncio.sleep(self._pause * 2 ** (turn - 1))
            try:
                async with asyncio.timeout(SECONDS):
                    return await self._fetched(URL(address), _REDIRECTS)
            except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as exc:
                problem = f"{type(exc).__name__}: {exc}"
        raise UnknownOutcome(f"the finished picture could not be fetched: {problem}")

    async def _fetched(self, url: URL, redirects: int) -> bytes:
        if not allowed(url, self._base):
            raise _lost(f"{url.scheme}://{url.host} may not be fetched")
        connector = aiohttp.TCPConnector(socket_factory=public_only(url, self._base))
        async with (
            aiohttp.ClientSession(connector=connector) as session,
            session.get(url, allow_redirects=False) as answer,
        ):
            if answer.status in (301, 302, 303, 307, 308) and redirects and (to := answer.headers.get("Location")):
                return await self._fetched(url.join(URL(to)), redirects - 1)
            answer.raise_for_status()
            return await _read(answer)


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    if answer.content_type.startswith("text/"):
        raise _lost(f"{answer.content_type} came instead of a picture")
    data = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK):
        data += chunk
        if len(data) > LARGEST:
            raise _lost("the picture is larger than 30 MB")
    if answer.content_length is not None and len(data) < answer.content_length:
        raise aiohttp.ClientPayloadError("the picture came cut off")
    return bytes(data)


def _lost(detail: str) -> ProviderError:
    return NoImage(detail, cost=None)
