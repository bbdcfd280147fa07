"""The sign-in page: the token and a name for a pass."""

import time
from urllib.parse import urlsplit

from aiohttp import web

from bot.fronts.web.access import session_cookie
from bot.fronts.web.access.middleware import COOKIE, SIGN_IN, Gate
from bot.fronts.web.access.people import member
from bot.fronts.web.pages.html import Templates
from bot.settings import WebSettings

_FORM_LARGEST = 10_000


class SignIn:
    """Shows the form, judges what comes back, and takes passes away again."""

    def __init__(self, settings: WebSettings, gate: Gate, templates: Templates) -> None:
        self._settings = settings
        self._gate = gate
        self._templates = templates
        self._strikes = session_cookie.LoginThrottle()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(SIGN_IN, self.show),
            web.post(SIGN_IN, self.enter),
            web.post("/sign-out", self.leave),
        ]

    async def show(self, request: web.Request) -> web.Response:
        if self._gate.person(request) is not None:
            raise web.HTTPSeeOther("/")
        return self._templates.response(request, "sign-in.html")

    async def enter(self, request: web.Request) -> web.Response:
        """Set the cookie and go to the chat, or show the form again with what is wrong."""
        token = self._settings.token
        if token is None:
            raise web.HTTPSeeOther("/")
        given, name = await self._read(request)
        if self._strikes.out(time.monotonic()):
            return self._again(request, "web-too-many-tries", name, 429)
        if not session_cookie.is_token(given, token):
            self._strikes.add(time.monotonic())
            return self._again(request, "web-wrong-token", name, 401)
        who = member(name)
        if who is None:
            return self._again(request, "web-wrong-name", name, 400)
        return self._welcome(request, session_cookie.issue(who.name, token, time.time()))

    async def _read(self, request: web.Request) -> tuple[str, str]:
        """The token and the name in the form; whoever posts here is a stranger, so a large body is not read."""
        length = request.content_length
        if length is None or length > _FORM_LARGEST:
            raise web.HTTPRequestEntityTooLarge(_FORM_LARGEST, length or 0)
        form = await request.post()
        return str(form.get("token", "")), str(form.get("name", ""))

    async def leave(self, request: web.Request) -> web.Response:
        response = web.Response(status=303, headers={"Location": SIGN_IN})
        response.del_cookie(COOKIE)
        return response

    def _welcome(self, request: web.Request, value: str) -> web.Response:
        response = web.Response(status=303, headers={"Location": "/"})
        response.set_cookie(
            COOKIE, value, max_age=session_cookie.PASS_SECONDS, httponly=True, samesite="Strict",
            secure=self._over_tls(request),
        )  # fmt: skip
        return response

    def _over_tls(self, request: web.Request) -> bool:
        """Whether the person came through the public address and that is HTTPS (we sit behind a proxy there)."""
        public = urlsplit(self._settings.public_url or "")
        return public.scheme == "https" and public.netloc.lower() == request.headers["Host"].lower()

    def _again(self, request: web.Request, problem: str, name: str, status: int) -> web.Response:
        return self._templates.response(request, "sign-in.html", problem=problem, name=name, status=status)
