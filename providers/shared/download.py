"""Fetching a finished picture from where a provider put it, before it is deleted there."""

import asyncio

import aiohttp
from yarl import URL

from providers.contract.errors import ProviderError, UnknownOutcome, Unusable
from providers.shared.picture_reader import LARGEST, Address, CutOff, NotAPicture, picture_in
from providers.shared.ssrf_guard import Gate, allowed, own_address

SECONDS = 60.0
"""For one download."""
TRIES = 5
"""A paid picture is asked for again before it is given up."""
PAUSE = 1.0
"""Seconds before the second try, twice as long before each later one."""
_REDIRECTS = (301, 302, 303, 307, 308)
_HOPS = 4
_CHUNK = 64 * 1024
_PLAIN = {"Accept-Encoding": "identity"}  # a packed picture is no smaller
_MOST = 2 * LARGEST
"""Bytes that are read at most: a picture in base64 has a third more than the picture."""


class Downloads:
    """Fetches bytes from public https addresses, and from the host and port of `base` whatever they are.

    No header of ours goes along, above all no key.
    """

    def __init__(self, base: str | None = None, *, pause: float = PAUSE) -> None:
        self._base = URL(base) if base else None
        self._pause = pause

    async def picture(self, address: str) -> bytes:
        """The picture behind a URL, at most 30 MB; relative ones start at `base`, and data URIs hold it themselves.

        The type that the server announces does not count. Raises Unusable for what is no picture, too large or at an
        address that may not be fetched, at list price since it was paid for, and UnknownOutcome when it cannot be had.
        """
        if address[:5].lower() == "data:":
            return _held(address)
        problem = ""
        for turn in range(TRIES):
            if turn:
                await asyncio.sleep(self._pause * 2 ** (turn - 1))
            try:
                async with asyncio.timeout(SECONDS):
                    return await self._fetched(self._resolved(address))
            except (aiohttp.ClientError, TimeoutError, OSError) as exc:
                problem = f"{type(exc).__name__}: {exc}"
        raise UnknownOutcome(f"the finished picture could not be fetched: {problem}")

    def _resolved(self, address: str) -> URL:
        """The absolute URL; a host that names a server itself, such as localhost, becomes the configured one."""
        url = _url(address.strip())
        if self._base is None:
            return url
        return own_address(url if url.is_absolute() else self._base.join(url), self._base)

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
                aiohttp.ClientSession(
                    connector=aiohttp.TCPConnector(socket_factory=gate), headers=_PLAIN, auto_decompress=False
                ) as session,
                session.get(url, allow_redirects=False) as answer,
            ):
                if answer.status in _REDIRECTS and (to := answer.headers.get("Location")):
                    return self._moved(url, to)
                found = await _read(answer)
                return self._moved(url, found.url) if isinstance(found, Address) else found
        except aiohttp.InvalidURL as exc:
            raise _lost("the picture's address cannot be read") from exc
        except aiohttp.ClientConnectorError as exc:
            if gate.refused:  # asking again would not make the address public
                raise _lost(f"{gate.refused[0]} is no public address") from exc
            raise

    def _moved(self, url: URL, to: str) -> URL:
        target = url.join(_url(to))
        return own_address(target, self._base) if self._base else target


async def _read(answer: aiohttp.ClientResponse) -> bytes | Address:
    """The body, counted as it comes; aiohttp itself notices one that was cut off."""
    if answer.status != 200:
        raise aiohttp.ClientPayloadError(f"status {answer.status}")  # without the URL, which may be signed
    data = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK):
        data += chunk
        if len(data) > _MOST:
            raise _lost("the picture is larger than 30 MB")
    if not data:
        raise aiohttp.ClientPayloadError("an empty body")
    try:
        found = picture_in(bytes(data))
    except CutOff as exc:  # it may come whole the next time
        raise aiohttp.ClientPayloadError(str(exc)) from exc
    except NotAPicture as exc:
        raise _lost(f"{exc} ({answer.content_type})") from exc
    if found is None:
        raise _lost(f"{answer.content_type} came, and its bytes are no picture")
    return found


def _held(uri: str) -> bytes:
    """The picture inside a data URI."""
    try:
        found = picture_in(uri)
    except NotAPicture as exc:
        raise _lost(str(exc)) from exc
    if not isinstance(found, bytes):
        raise _lost("the data URI holds no picture")
    return found


def _url(address: str) -> URL:
    try:
        return URL(address)
    except ValueError as exc:
        raise _lost("the picture's address cannot be read") from exc


def _lost(detail: str) -> ProviderError:
    return Unusable(detail)
