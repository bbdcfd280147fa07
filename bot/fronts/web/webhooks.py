"""Webhooks: image providers and chat platforms report by a web request that something happened."""

import asyncio
from collections.abc import Sequence

from aiohttp import web

from bot.fronts.web.access.refusal import Refused
from bot.fronts.web.access.request_body import read_bytes
from bot.fronts.web.app_port import ChatApp

PREFIX = "/hooks/"
LARGEST = 4 * 1024 * 1024
"""Bytes of a body: Replicate repeats the input of a call in it, and with that up to 14 photos of 256,000 characters."""
AT_ONCE = 16
"""Bodies that are read at the same time: anybody may send them, and their signature is checked only at the end."""


class Webhooks:
    """Hands a report to the listener of its name, which checks that it is genuine."""

    def __init__(self, app: ChatApp) -> None:
        self._app = app
        self._places = asyncio.Semaphore(AT_ONCE)

    def routes(self) -> Sequence[web.RouteDef]:
        return [web.post(PREFIX + "{name}", self._receive)]

    async def _receive(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if not self._app.listens(name):
            raise web.HTTPNotFound
        if self._places.locked():
            raise Refused(503, "web-busy", retry_after=5)
        async with self._places:
            genuine = await self._app.hooked(name, request.headers, await read_bytes(request, LARGEST))
        if genuine is None:
            raise web.HTTPNotFound
        return web.Response(status=200 if genuine else 401)
