"""News from outside: image providers and chat platforms that tell us by a web request when something happened."""

from collections.abc import Sequence

from aiohttp import web

from bot.fronts.web.seams import ChatApp

PREFIX = "/hooks/"
LARGEST = 1024 * 1024
"""Bytes of news; a picture never comes this way."""


class Hooks:
    """Hands the news on to whoever listens under its name, who checks that it is genuine."""

    def __init__(self, app: ChatApp) -> None:
        self._app = app

    def routes(self) -> Sequence[web.RouteDef]:
        return [web.post(PREFIX + "{name}", self._heard)]

    async def _heard(self, request: web.Request) -> web.Response:
        if (request.content_length or 0) > LARGEST:
            raise web.HTTPRequestEntityTooLarge(max_size=LARGEST, actual_size=request.content_length or 0)
        body = await request.content.read(LARGEST + 1)
        if len(body) > LARGEST or not request.content.at_eof():
            raise web.HTTPRequestEntityTooLarge(max_size=LARGEST, actual_size=len(body))
        genuine = await self._app.hooked(request.match_info["name"], request.headers, body)
        if genuine is None:
            raise web.HTTPNotFound
        return web.Response(status=200 if genuine else 401)
