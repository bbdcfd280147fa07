"""Signing in with WEB_TOKEN, by a one-use link, and signing out."""

import asyncio
import hmac

from aiohttp import web

from bot.core.account.web_accounts import NAME_LONGEST, NameTaken, NoSuchLink, NotAName, SignedIn
from bot.fronts.web.access import session_cookie
from bot.fronts.web.access.device_name import device_name
from bot.fronts.web.access.middleware import JOIN, SIGN_IN, Middlewares
from bot.fronts.web.access.people import PERSON
from bot.fronts.web.access.rare_log import RareLog
from bot.fronts.web.access.rate_limits import Rate, RateLimiter
from bot.fronts.web.access.request_body import read_form
from bot.fronts.web.app_port import ChatApp
from bot.fronts.web.pages.html import Templates
from bot.settings import WebSettings

WRONG_TOKENS = Rate(10)
"""Wrong tokens a minute from one address, after which its further guesses wait."""
_PAUSE = 0.5
"""Seconds that each guess from such an address waits, one after another."""
_WAITING_MOST = 5
_NAME_PROBLEMS = {NotAName: ("web-wrong-name", 400), NameTaken: ("web-name-taken", 409)}


class GuessThrottle:
    """Slows down guessing by address: the right token always gets in, but an address may try only two a second."""

    def __init__(self) -> None:
        self._wrong = RateLimiter(WRONG_TOKENS)
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    async def admit(self, address: str) -> bool:
        """Wait for this address's turn; False when too many of its guesses wait already."""
        if not self._wrong.is_full(address):
            return True
        lock, waiting = self._locks.get(address, (asyncio.Lock(), 0))
        if waiting >= _WAITING_MOST:
            return False
        self._locks[address] = (lock, waiting + 1)
        try:
            async with lock:
                await asyncio.sleep(_PAUSE)
        finally:
            self._left(address)
        return True

    def wrong(self, address: str) -> bool:
        """Count a wrong token; True when the address has given too many."""
        return self._wrong.take(address) is not None

    def _left(self, address: str) -> None:
        lock, waiting = self._locks[address]
        if waiting > 1:
            self._locks[address] = (lock, waiting - 1)
        else:
            del self._locks[address]


class SignIn:
    """The pages on which a stranger becomes somebody, and the way out."""

    def __init__(self, app: ChatApp, settings: WebSettings, middlewares: Middlewares, templates: Templates) -> None:
        self._accounts = app.accounts
        self._settings = settings
        self._middlewares = middlewares
        self._templates = templates
        self._throttle = GuessThrottle()
        self._log = RareLog()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(SIGN_IN, self.show),
            web.post(SIGN_IN, self.enter),
            web.get(JOIN + "{code}", self.show_link),
            web.post(JOIN + "{code}", self.use_link),
            web.post("/sign-out", self.leave),
        ]

    async def show(self, request: web.Request) -> web.Response:
        if request.get(PERSON) is not None:
            raise web.HTTPSeeOther("/")
        return self._templates.response(request, "sign-in.html")

    async def enter(self, request: web.Request) -> web.Response:
        """Sign the operator in with WEB_TOKEN, or show the form again with what is wrong."""
        token = self._settings.token
        if token is None:
            raise web.HTTPSeeOther("/")
        form = await read_form(request)
        given, name = form.get("token", ""), form.get("name", "")[:NAME_LONGEST]
        address = self._middlewares.address(request)
        if not await self._throttle.admit(address):
            return self._sign_in_again(request, "web-too-many-tries", name, 429)
        if not hmac.compare_digest(given.encode(), token.encode()):
            self._log.warning("wrong_web_token")
            if self._throttle.wrong(address):
                return self._sign_in_again(request, "web-too-many-tries", name, 429)
            return self._sign_in_again(request, "web-wrong-token", name, 401)
        try:
            return self._welcome(request, await self._accounts.enter_as_operator(name, device_name(request)))
        except (NotAName, NameTaken) as exc:
            return self._sign_in_again(request, *_name_problem(exc, name))

    async def show_link(self, request: web.Request) -> web.Response:
        """What the link is for; it is used only by the button, since chat apps fetch every link they see."""
        return await self._link_page(request)

    async def use_link(self, request: web.Request) -> web.Response:
        """Sign in by the link, or show its page again with what is wrong."""
        name = (await read_form(request)).get("name", "")[:NAME_LONGEST]
        try:
            entered = await self._accounts.accept(request.match_info["code"], name, device_name(request))
        except NoSuchLink:
            return await self._link_page(request)
        except (NotAName, NameTaken) as exc:
            problem, name, status = _name_problem(exc, name)
            return await self._link_page(request, problem, name, status)
        return self._welcome(request, entered)

    async def leave(self, request: web.Request) -> web.Response:
        session = request[PERSON].session
        if session is not None:
            await self._accounts.sign_out(session.id, session.account.id)
        response = web.Response(status=303, headers={"Location": SIGN_IN})
        session_cookie.delete(request, response, self._settings)
        return response

    async def _link_page(
        self, request: web.Request, problem: str | None = None, name: str = "", status: int = 200
    ) -> web.Response:
        try:
            _, account = await self._accounts.open_link(request.match_info["code"])
        except NoSuchLink:
            return self._templates.response(request, "link-over.html", status=404)
        page = "join.html" if account is None else "welcome-back.html"
        shown = name if account is None else account.name
        return self._templates.response(request, page, problem=problem, name=shown, status=status)

    def _welcome(self, request: web.Request, entered: SignedIn) -> web.Response:
        response = web.Response(status=303, headers={"Location": "/"})
        session_cookie.write(request, response, entered.secret, self._settings)
        return response

    def _sign_in_again(self, request: web.Request, problem: str, name: str, status: int) -> web.Response:
        return self._templates.response(request, "sign-in.html", problem=problem, name=name, status=status)


def _name_problem(exc: ValueError, name: str) -> tuple[str, str, int]:
    problem, status = _NAME_PROBLEMS[type(exc)]
    return problem, name, status
