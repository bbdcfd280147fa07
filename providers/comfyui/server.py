"""The requests a ComfyUI server understands, after its `server.py` as of 2026."""

import json
from typing import Any

import aiohttp
from yarl import URL

from providers.comfyui.errors import of_answer, translated
from providers.contract.errors import Misconfigured, Unavailable

CONNECT = 10.0
"""Seconds for a connection."""
HEARTBEAT = 30.0
"""Seconds between two signs of life on the web socket."""


class Server:
    """A server at `base`; an answer that is no JSON is None, and any but 200 is raised.

    Every request has a connection of its own: one that was kept could be closed by the server just as a call goes
    out, and then nobody knows whether it was accepted.
    """

    def __init__(self, base: URL, seconds: float) -> None:
        self._base = base
        self._timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT, sock_read=seconds)
        self._opened: aiohttp.ClientSession | None = None

    async def get(self, *path: str, **query: str) -> Any:
        """Raises Unavailable when there is no answer, since asking is not a call, and what of_answer() makes of it."""
        try:
            return await self._asked("GET", *path, params=query)
        except (aiohttp.ClientError, TimeoutError) as exc:
            problem = translated(exc)
            raise problem if isinstance(problem, Misconfigured) else Unavailable(problem.detail) from exc

    async def post(self, path: str, body: Any) -> Any:
        """Raises what translated() and of_answer() make of a failure."""
        try:
            return await self._asked("POST", path, json=body)
        except (aiohttp.ClientError, TimeoutError) as exc:
            raise translated(exc) from exc

    async def upload(self, form: aiohttp.FormData) -> Any:
        """Raises as post() does."""
        try:
            return await self._asked("POST", "upload", "image", data=form)
        except (aiohttp.ClientError, TimeoutError) as exc:
            raise translated(exc) from exc

    async def socket(self, client: str) -> aiohttp.ClientWebSocketResponse:
        """The web socket on which the server tells `client` of its calls; raises aiohttp's errors."""
        return await self._session.ws_connect((self._base / "ws").with_query(clientId=client), heartbeat=HEARTBEAT)

    async def aclose(self) -> None:
        if self._opened:
            await self._opened.close()

    @property
    def _session(self) -> aiohttp.ClientSession:
        """Opened at the first request, for it needs the running loop."""
        if self._opened is None:
            self._opened = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(force_close=True), timeout=self._timeout
            )
        return self._opened

    async def _asked(self, method: str, *path: str, **sent: Any) -> Any:
        url = self._base.joinpath(*path)
        async with self._session.request(method, url, allow_redirects=False, **sent) as answer:
            body = _parsed(await answer.read())
            if answer.status != 200:
                raise of_answer(answer.status, body)
            return body


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return None
