"""News from outside: image providers and chat platforms that tell us by a web request when something happened."""

from collections.abc import Sequence

from aiohttp import web

from bot.fronts.web.app_port import ChatApp

PREFIX = "/hooks/"
LARGEST = 4 * 1024 * 1024
"""Bytes of news: Replicate repeats the input of a call in it, and with that up to 14 photos of 256,000 characters."""


class Hooks:
    """Hands the news on to whoever listens under its name, who checks that it is genuine."""

    def __init__(self, app: ChatApp) -> None:
        self._app = app

    def routes(self) -> Sequence[web.RouteDef]:
        return [web.post(PREFIX + "{name}", self._heard)]

    async def _heard(self, request: web.Request) -> web.Response:
        body = await _read(request)
        genuine = await self._app.hooked(request.match_info["name"], request.headers, body)
        if genuine is None:
            raise web.HTTPNotFound
        return web.Response(status=200 if genuine else 401)


async def _read(request: web.Request) -> bytes:
    """The whole body, counted as it comes, whatever length was announced."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST:
            raise web.HTTPRequestEntityTooLarge(max_size=LARGEST, actual_size=len(body))
    return bytes(body)
