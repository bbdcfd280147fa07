"""Pictures and files, each read on behalf of the person who asks."""

from urllib.parse import quote

from aiohttp import web

from bot.core.incoming.app import NoSuchPicture
from bot.fronts.web.access.middleware import Refused
from bot.fronts.web.access.people import PERSON
from bot.fronts.web.app_port import ChatApp, Size

_SHOWN = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"})
_KEPT = "private, max-age=3600"
"""The person's own browser may keep a picture for an hour; a cache that others share may not."""


class Pictures:
    """Serves /pictures/{id}/{size}: thumb and full are shown, the original is saved."""

    def __init__(self, app: ChatApp) -> None:
        self._app = app

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/pictures/{id}/{size:thumb|full|original}", self.serve)]

    async def serve(self, request: web.Request) -> web.Response:
        size = _size(request.match_info["size"])
        try:
            file = await self._app.picture(request.match_info["id"], request[PERSON].who, size)
        except NoSuchPicture as exc:
            raise Refused(404, "web-no-picture") from exc
        headers = {"Cache-Control": _KEPT, "Vary": "Cookie"}
        if size == "original" or file.media_type not in _SHOWN:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
        return web.Response(body=file.data, content_type=file.media_type, headers=headers)


def _size(text: str) -> Size:
    match text:
        case "thumb" | "full" | "original":
            return text
        case _:
            raise web.HTTPNotFound
