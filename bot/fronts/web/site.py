"""The web application: every route behind the gate."""

from collections.abc import Mapping

from aiohttp import web

from bot.core.runtime.readiness import Trouble
from bot.fronts.web.access import headers
from bot.fronts.web.access.middleware import Gate
from bot.fronts.web.access.sign_in import SignIn
from bot.fronts.web.app_port import ChatApp
from bot.fronts.web.chat import uploads
from bot.fronts.web.chat.chat_store import Rooms
from bot.fronts.web.chat.event_routes import Events
from bot.fronts.web.chat.live_feed import Feed
from bot.fronts.web.pages.html import STATIC, Templates
from bot.fronts.web.pages.page_api import Api
from bot.fronts.web.pages.picture_routes import Pictures
from bot.fronts.web.webhooks import Hooks
from bot.settings import WebSettings


def build(app: ChatApp, rooms: Rooms, feed: Feed, settings: WebSettings) -> web.Application:
    """All routes, with their middlewares and headers."""
    gate = Gate(app, settings)
    templates = Templates(app)
    site = web.Application(
        middlewares=[gate.in_words, gate.own_only, gate.known_only],
        client_max_size=uploads.LARGEST_BODY,
    )
    site.on_response_prepare.append(headers.on_prepare)

    async def close_feed(_: web.Application) -> None:
        await feed.close()

    site.on_shutdown.append(close_feed)
    site.add_routes([web.get("/ws", feed.listen), *_pages(templates), *_health(app)])
    site.add_routes([*Api(app, rooms).routes(), *Events(app, rooms).routes()])
    site.add_routes([*Hooks(app).routes(), *Pictures(app).routes(), *SignIn(settings, gate, templates).routes()])
    return site


_NOT_READY: Mapping[Trouble, str] = {
    "starting": "starting",
    "database": "the database cannot be used",
    "pictures": "the picture store cannot be used",
}


def _pages(templates: Templates) -> list[web.AbstractRouteDef]:
    async def index(request: web.Request) -> web.Response:
        return templates.response(request, "index.html")

    return [web.get("/", index), web.static("/static", STATIC)]


def _health(app: ChatApp) -> list[web.RouteDef]:
    async def alive(_: web.Request) -> web.Response:
        return web.Response(text="alive")

    async def ready(_: web.Request) -> web.Response:
        if trouble := await app.trouble():
            return web.Response(text=_NOT_READY[trouble], status=503)
        return web.Response(text="ready")

    return [web.get("/healthz", alive), web.get("/readyz", ready)]
