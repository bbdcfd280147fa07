"""The gate before every handler: own Host, own Origin, a valid pass where one is needed, and errors in plain words."""

import time
from dataclasses import replace
from http import HTTPStatus

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.core.chat.messages import say
from bot.fronts.web import webhooks
from bot.fronts.web.access import hosts, session_cookie
from bot.fronts.web.access.people import HOME, OWNER, PERSON, TEAM, Person, member
from bot.fronts.web.app_port import ChatApp
from bot.fronts.web.pages.browser_locale import preferred
from bot.settings import WebSettings

COOKIE = "likeness"
SIGN_IN = "/sign-in"
_OPEN = frozenset({"/healthz", "/readyz", SIGN_IN})
_SIGN_IN_LOOKS = frozenset(
    {"/static/favicon.svg", "/static/js/early.js", "/static/css/colours.css", "/static/css/sign-in.css"}
)

_log = structlog.get_logger(__name__)


class Refused(Exception):
    """A request is not served: the HTTP status and the key of the sentence that says why."""

    def __init__(self, status: int, key: str, **args: str | int) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.words = args


class Gate:
    """Middlewares in the order they stand: errors become words, strangers go, people are known."""

    def __init__(self, app: ChatApp, settings: WebSettings) -> None:
        self._app = app
        self._settings = settings

    @web.middleware
    async def in_words(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Turn what a handler raises into a status and one sentence in the reader's language."""
        try:
            return await handler(request)
        except Refused as exc:
            return self.refusal(request, exc.status, exc.key, **exc.words)
        except web.HTTPException as exc:
            if exc.status < HTTPStatus.BAD_REQUEST:
                raise
            key = {404: "web-not-found", 413: "web-too-large"}.get(exc.status, "web-not-understood")
            return self.refusal(request, exc.status, key)
        except Exception as exc:
            _log.exception("web_request_failed", path=request.path)
            if excuse := self._app.excuse(exc):
                return self.refusal(request, 503, excuse.key)
            return self.refusal(request, 500, "web-broken")

    @web.middleware
    async def own_only(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse foreign Hosts (DNS rebinding) and foreign Origins (another site in the same browser).

        News of hooks comes from no browser, and whoever listens to it checks its signature.
        """
        if not hosts.is_own_host(request, self._settings):
            return self.refusal(request, 403, "web-wrong-host", host=request.headers.get("Host", "")[:100])
        if not request.path.startswith(webhooks.PREFIX) and not hosts.is_own_origin(request, self._settings):
            return self.refusal(request, 403, "web-wrong-origin")
        return await handler(request)

    @web.middleware
    async def known_only(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let nobody further without a pass; with one, say who it is."""
        person = self.person(request)
        if person is not None:
            request[PERSON] = await self._in_their_language(person, request)
        elif request.path not in _OPEN | _SIGN_IN_LOOKS and not request.path.startswith(webhooks.PREFIX):
            if request.path == "/":
                raise web.HTTPSeeOther(SIGN_IN)
            return self.refusal(request, 401, "web-sign-in-first")
        return await handler(request)

    def person(self, request: web.BaseRequest) -> Person | None:
        """The person behind a request; None without a valid pass."""
        locale = preferred(request.headers.get("Accept-Language", ""))
        token = self._settings.token
        if token is None:
            return Person(OWNER, HOME, locale)
        name = session_cookie.read(request.cookies.get(COOKIE, ""), token, time.time())
        who = member(name) if name is not None else None
        return Person(who, TEAM, locale) if who else None

    async def _in_their_language(self, person: Person, request: web.BaseRequest) -> Person:
        """The person with the language they chose in the chat, where words are served."""
        if request.path != "/" and not request.path.startswith(("/api/", "/ws")):
            return person
        return replace(person, locale=await self._app.locale(person.who, person.locale))

    def refusal(self, request: web.BaseRequest, status: int, key: str, **args: str | int) -> web.Response:
        """A refusal in one sentence: JSON for the page's own calls, else plain text."""
        locale = preferred(request.headers.get("Accept-Language", ""))
        sentence = self._app.words(say(key, **args), locale)
        if request.path.startswith("/api/"):
            return web.json_response({"error": sentence}, status=status)
        return web.Response(text=sentence + "\n", status=status)
