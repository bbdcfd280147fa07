"""Fetching a finished picture from where a provider put it, before it is deleted there."""

import asyncio
import re

import aiohttp
from yarl import URL

from providers.contract.errors import NoImage, ProviderError, UnknownOutcome
from providers.shared.ssrf_guard import Gate, allowed

SECONDS = 60.0
"""For one download."""
LARGEST = 30 * 1024 * 1024
"""Bytes of a picture."""
TRIES = 5
"""A paid picture is asked for again before it is given up."""
PAUSE = 1.0
"""Seconds before the second try, twice as long before each later one."""
_REDIRECTS = (301, 302, 303, 307, 308)
_HOPS = 4
_CHUNK = 64 * 1024
_PLAIN = {"Accept-Encoding": "identity"}  # a packed picture is no smaller
_PICTURE = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF.{4}WEBP|GIF8[79]a|.{4}ftyp(?:avi|he[iv]|m[is]f1)", re.DOTALL
)
"""How JPEG, PNG, WebP, GIF, AVIF and HEIC begin."""


class Downloads:
    """Fetches bytes from public https addresses, and from the host and port of `base` whatever they are.

    No header of ours goes along, above all no key.
    """

    def __init__(self, base: str | None = None, *, pause: float = PAUSE) -> None:
        self._base = URL(base) if base else None
        self._pause = pause

    async def picture(self, address: str) -> bytes:
        """The bytes behind a URL as they came, at most 30 MB, told to be a picture by how they begin.

        Raises NoImage for what is no picture, too large or at an address nobody may fetch, at list price since it was
        paid for, and UnknownOutcome when it cannot be fetched.
        """
        problem = ""
        for turn in range(TRIES):
            if turn:
                await asyncio.sleep(self._pause * 2 ** (turn - 1))
            try:
                async with asyncio.timeout(SECONDS):
                    return await self._fetched(_url(address))
            except (aiohttp.ClientError, TimeoutError, OSError) as exc:
                problem = f"{type(exc).__name__}: {exc}"
        raise UnknownOutcome(f"the finished picture could not be fetched: {problem}")

    async def _fetched(self, url: URL) -> bytes:
        for _ in range(_HOPS):
            found = await self._asked(url)
            if isinstance(found, bytes):
                return found
            url = found
        raise _lost("the picture's address redirects too often")

    async def _asked(self, url: URL) -> bytes | URL:
        """The picture, or where else it is."""
        if not allowed(url, self._base):
            raise _lost(f"{url.scheme}://{url.host} may not be fetched")
        gate = Gate(url, self._base)
        try:
            async with (
                aiohttp.ClientSession(connector=aiohttp.TCPConnector(socket_factory=gate), headers=_PLAIN) as session,
                session.get(url, allow_redirects=False) as answer,
            ):
                if answer.status in _REDIRECTS and (to := answer.headers.get("Location")):
                    return url.join(_url(to))
                return await _read(answer)
        except aiohttp.InvalidURL as exc:
            raise _lost("the picture's address cannot be read") from exc
        except aiohttp.ClientConnectorError as exc:
            if gate.refused:  # asking again would not make the address public
                raise _lost(f"{gate.refused[0]} is no public address") from exc
            raise


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    """The body, counted as it comes; aiohttp itself notices one that was cut off."""
    if answer.status != 200:
        raise aiohttp.ClientPayloadError(f"status {answer.status}")  # without the URL, which may be signed
    if answer.content_type.startswith("text/"):
        raise _lost(f"{answer.content_type} came instead of a picture")
    data = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK):
        data += chunk
        if len(data) > LARGEST:
            raise _lost("the picture is larger than 30 MB")
    if not data:
        raise aiohttp.ClientPayloadError("an empty body")
    if not _PICTURE.match(data):
        raise _lost(f"{answer.content_type} came, and its bytes are no picture")
    return bytes(data)


def _url(address: str) -> URL:
    try:
        return URL(address)
    except ValueError as exc:
        raise _lost("the picture's address cannot be read") from exc


def _lost(detail: str) -> ProviderError:
    return NoImage(detail, cost=None)
