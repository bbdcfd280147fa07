"""The middlewares before every handler: errors as sentences, well-formed requests, own pages only, valid sessions."""

from dataclasses import replace
from http import HTTPStatus
from math import ceil

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.core.chat.messages import say
from bot.fronts.web import webhooks
from bot.fronts.web.access import client, hosts, session_cookie
from bot.fronts.web.access.people import PERSON, Person, member, owner
from bot.fronts.web.access.rare_log import RareLog
from bot.fronts.web.access.rate_limits import RATES, STRANGER, RateLimiter
from bot.fronts.web.access.refusal import Refused
from bot.fronts.web.app_port import ChatApp
from bot.fronts.web.pages.browser_locale import preferred
from bot.settings import WebSettings

SIGN_IN = "/sign-in"
JOIN = "/join/"
_HEALTH = frozenset({"/healthz", "/readyz"})
_SIGN_IN_FILES = frozenset(
    {"/static/favicon.svg", "/static/js/early.js", "/static/css/colours.css", "/static/css/sign-in.css"}
)
_LEADS_TO_SIGN_IN = frozenset({"/", "/account", "/members", "/sign-out"})
_SENTENCES = {404: "web-not-found", 413: "web-too-large"}


def is_open(path: str) -> bool:
    """Whether a path is served to strangers."""
    return path == SIGN_IN or path.startswith(JOIN) or path in _HEALTH or path in _SIGN_IN_FILES


class Middlewares:
    """The middlewares, in the order they stand here."""

    def __init__(self, app: ChatApp, settings: WebSettings, log: RareLog) -> None:
        self._app = app
        self._settings = settings
        self._log = log
        self._rates = {kind: RateLimiter(rate) for kind, rate in RATES.items()}
        self._strangers = RateLimiter(STRANGER)

    @web.middleware
    async def errors_to_sentences(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Turn what a handler raises into a status and one sentence in the reader's language."""
        try:
            return await handler(request)
        except Refused as exc:
            return self.refusal(request, exc)
        except web.HTTPException as exc:
            if exc.status < HTTPStatus.BAD_REQUEST:
                raise
            return self.refusal(request, Refused(exc.status, _SENTENCES.get(exc.status, "web-not-understood")))
        except ConnectionError:
            return web.Response(status=400)  # nobody reads it any more
        except Exception as exc:
            self._log.exception("web_request_failed", exc, route=_route(request))
            excuse = self._app.excuse(exc)
            return self.refusal(request, Refused(503, excuse.key) if excuse else Refused(500, "web-broken"))

    @web.middleware
    async def well_formed(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse paths and queries with characters that no page of ours sends, such as NUL."""
        try:
            texts = [request.path, *request.query.keys(), *request.query.values()]
        except ValueError as exc:
            raise Refused(400, "web-not-understood") from exc
        if any(_is_odd(char) for text in texts for char in text):
            raise Refused(400, "web-not-understood")
        return await handler(request)

    @web.middleware
    async def own_pages_only(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse foreign Hosts (DNS rebinding) and foreign Origins (another site in the same browser).

        Webhooks come from no browser; their listeners check the signature. Without accounts the pages are the owner's
        alone, so a request that came through a proxy or to the public address is refused.
        """
        if not hosts.is_own_host(request, self._settings):
            raise Refused(403, "web-wrong-host", host=request.headers.get("Host", "")[:100])
        if request.path.startswith(webhooks.PREFIX) or request.path in _HEALTH:
            return await handler(request)
        if self._settings.token is None and not self._is_direct(request):
            raise Refused(403, "web-no-accounts")
        if not hosts.is_own_origin(request, self._settings):
            raise Refused(403, "web-wrong-origin")
        return await handler(request)

    @web.middleware
    async def signed_in_only(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let nobody further without a session, except to the pages for strangers; keep whose session it is."""
        if request.path in _HEALTH or request.path.startswith(webhooks.PREFIX):
            return await handler(request)
        person = await self.person(request)
        if person is not None:
            request[PERSON] = await self._in_their_language(person, request)
        elif not is_open(request.path):
            if request.path in _LEADS_TO_SIGN_IN:
                raise web.HTTPSeeOther(SIGN_IN)
            raise Refused(401, "web-sign-in-first")
        elif not request.path.startswith("/static/"):
            self.limit_stranger(request)
        return await handler(request)

    async def person(self, request: web.BaseRequest) -> Person | None:
        """The person behind a request; None without a valid session."""
        locale = preferred(request.headers.get("Accept-Language", ""))
        if self._settings.token is None:
            return owner(locale)
        secret = session_cookie.read(request, self._settings)
        session = await self._app.accounts.session(secret) if secret else None
        return member(session, locale) if session else None

    def limit(self, person: Person, kind: str, count: int = 1) -> None:
        """Count something a person does; raises Refused when it is too much. The owner at home is not counted."""
        if person.session is not None:
            _refuse(self._rates[kind].take(person.who.id, count))

    def limit_stranger(self, request: web.BaseRequest) -> None:
        """Count a request of an address at a page for strangers; raises Refused."""
        _refuse(self._strangers.take(self.address(request)))

    def address(self, request: web.BaseRequest) -> str:
        """The address that throttles count by."""
        return client.client_address(request, self._settings)

    def refusal(self, request: web.BaseRequest, refused: Refused) -> web.Response:
        """A refusal in one sentence: JSON for the page's own calls, else plain text."""
        locale = preferred(request.headers.get("Accept-Language", ""))
        sentence = self._app.words(say(refused.key, **refused.words), locale)
        headers = {} if refused.retry_after is None else {"Retry-After": str(max(1, ceil(refused.retry_after)))}
        if request.path.startswith("/api/"):
            return web.json_response({"error": sentence}, status=refused.status, headers=headers)
        return web.Response(text=sentence + "\n", status=refused.status, headers=headers)

    def _is_direct(self, request: web.BaseRequest) -> bool:
        return hosts.is_local_host(request, self._settings) and not client.is_forwarded(request)

    async def _in_their_language(self, person: Person, request: web.BaseRequest) -> Person:
        """The person with the language they chose in the chat, where words are served."""
        if request.path.startswith(("/static/", "/pictures/")):
            return person
        return replace(person, locale=await self._app.locale(person.who, person.locale))


def _refuse(wait: float | None) -> None:
    if wait is not None:
        raise Refused(429, "web-too-fast", retry_after=wait, seconds=max(1, ceil(wait)))


def _is_odd(char: str) -> bool:
    """Whether a character is a control character or half of one that UTF-16 writes in two."""
    return char < " " or char == "\x7f" or "\ud800" <= char <= "\udfff"


def _route(request: web.Request) -> str:
    """The route's pattern: a path may hold the code of an invitation."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "none"
