"""The web application: every route behind the middlewares."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.core.runtime.readiness import Trouble
from bot.fronts.web.access.headers import SecurityHeaders
from bot.fronts.web.access.middleware import Middlewares
from bot.fronts.web.access.rare_log import RareLog
from bot.fronts.web.access.request_body import TEXT_MOST
from bot.fronts.web.access.sign_in import SignIn
from bot.fronts.web.app_port import ChatApp
from bot.fronts.web.chat.chat_store import ChatStore
from bot.fronts.web.chat.event_routes import Events
from bot.fronts.web.chat.live_feed import Feed
from bot.fronts.web.connections import Connections
from bot.fronts.web.pages.account_routes import AccountRoutes
from bot.fronts.web.pages.html import STATIC, Templates
from bot.fronts.web.pages.page_api import Api
from bot.fronts.web.pages.picture_routes import Pictures
from bot.fronts.web.webhooks import Webhooks
from bot.settings import WebSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the application is built from."""

    app: ChatApp
    store: ChatStore
    feed: Feed
    connections: Connections
    settings: WebSettings
    log: RareLog


def build(parts: Parts) -> web.Application:
    """The application with its routes, middlewares and headers."""
    app, settings = parts.app, parts.settings
    middlewares = Middlewares(app, settings, parts.log)
    templates = Templates(app)
    site = web.Application(
        middlewares=[
            parts.connections.track, middlewares.errors_to_sentences, middlewares.well_formed,
            middlewares.own_pages_only, middlewares.signed_in_only,
        ],
        client_max_size=TEXT_MOST,
    )  # fmt: skip
    site.on_response_prepare.append(SecurityHeaders(settings).add)

    async def close_feed(_: web.Application) -> None:
        await parts.feed.close()

    site.on_shutdown.append(close_feed)
    site.add_routes([web.get("/ws", parts.feed.route(middlewares)), *_pages(templates), *_health(app)])
    site.add_routes([*Api(app, parts.store, middlewares).routes(), *Events(app, parts.store, middlewares).routes()])
    site.add_routes([*Webhooks(app).routes(), *Pictures(app, middlewares).routes()])
    site.add_routes(SignIn(app, settings, middlewares, templates).routes())
    site.add_routes(AccountRoutes(app, settings, middlewares, templates).routes())
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
