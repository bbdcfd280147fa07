"""The page's questions: its reader, the commands, the history, and suggestions."""

from typing import Any

from aiohttp import web

from bot.core.incoming.app import Asking
from bot.fronts.web.access.middleware import Middlewares
from bot.fronts.web.access.people import PERSON
from bot.fronts.web.app_port import ChatApp
from bot.fronts.web.chat import uploads
from bot.fronts.web.chat.chat_store import ChatStore
from bot.fronts.web.chat.renderer import entry_view
from bot.fronts.web.pages.command_menu import menu
from bot.fronts.web.pages.page_words import page_words

_PAGE = 50
_TYPED_LONGEST = 100


class Api:
    """The page's questions; none of them changes anything."""

    def __init__(self, app: ChatApp, store: ChatStore, middlewares: Middlewares) -> None:
        self._app = app
        self._store = store
        self._middlewares = middlewares

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/session", self.session),
            web.get("/api/catalogue", self.catalogue),
            web.get("/api/history", self.history),
            web.get("/api/suggest", self.suggest),
        ]

    async def session(self, request: web.Request) -> web.Response:
        """The reader, whether others read along, the page's words and its limits."""
        person = request[PERSON]
        return web.json_response(
            {
                "me": {"id": person.who.id, "name": person.who.name},
                "shared": not person.reads_alone,
                "locale": person.locale,
                "words": page_words(self._app, person.locale),
                "limits": {"photos": uploads.MOST, "bytes": uploads.LARGEST_TOGETHER},
            }
        )

    async def catalogue(self, request: web.Request) -> web.Response:
        return web.json_response({"commands": menu(self._app, request[PERSON].locale)})

    async def history(self, request: web.Request) -> web.Response:
        """A page of entries, oldest first; `more` tells whether older ones may exist."""
        person = request[PERSON]
        before = request.query.get("before")
        entries = await self._store.page(person, before=before, limit=_PAGE)
        views: list[dict[str, Any]] = [entry_view(self._app, entry, person) for entry in entries]
        return web.json_response({"entries": views, "more": len(views) == _PAGE})

    async def suggest(self, request: web.Request) -> web.Response:
        """What an option of a command may be filled with, for what was typed so far."""
        person = request[PERSON]
        self._middlewares.limit(person, "suggestion")
        asking = Asking(
            who=person.who,
            place=person.place,
            locale=person.locale,
            command=request.query.get("command", ""),
            option=request.query.get("option", ""),
            typed=request.query.get("typed", "")[:_TYPED_LONGEST],
        )
        found = await self._app.suggest(asking)
        return web.json_response({"options": [{"value": one.value, "label": one.label} for one in found]})
