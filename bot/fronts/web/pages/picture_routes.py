"""Pictures and files, each read on behalf of the person who asks."""

import hashlib
from urllib.parse import quote

from aiohttp import web

from bot.core.incoming.app import NoSuchPicture
from bot.fronts.web.access.middleware import Middlewares
from bot.fronts.web.access.people import PERSON
from bot.fronts.web.access.refusal import Refused
from bot.fronts.web.app_port import ChatApp, Size

_SHOWN = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"})
_KEPT = "private, no-cache"
"""The person's own browser may keep a picture but asks each time, so that nobody who was blocked still sees it."""


class Pictures:
    """Serves /pictures/{id}/{size}: thumb and full are shown, the original is saved."""

    def __init__(self, app: ChatApp, middlewares: Middlewares) -> None:
        self._app = app
        self._middlewares = middlewares

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/pictures/{id}/{size:thumb|full|original}", self.serve)]

    async def serve(self, request: web.Request) -> web.Response:
        self._middlewares.limit(request[PERSON], "picture")
        size = _size(request.match_info["size"])
        try:
            file = await self._app.picture(request.match_info["id"], request[PERSON].who, size)
        except NoSuchPicture as exc:
            raise Refused(404, "web-no-picture") from exc
        headers = {"Cache-Control": _KEPT, "Vary": "Cookie", "ETag": _etag(request)}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        if size == "original" or file.media_type not in _SHOWN:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
        return web.Response(body=file.data, content_type=file.media_type, headers=headers)


def _etag(request: web.Request) -> str:
    """The tag of a picture in a size: its bytes never change."""
    return f'"{hashlib.sha256(request.path.encode()).hexdigest()[:32]}"'


def _size(text: str) -> Size:
    match text:
        case "thumb" | "full" | "original":
            return text
        case _:
            raise web.HTTPNotFound
