"""The sign-in page: the token and a name for a pass."""

import time
from urllib.parse import urlsplit

from aiohttp import web

from bot.fronts.web import passes
from bot.fronts.web.gate import COOKIE, SIGN_IN, Gate
from bot.fronts.web.people import member
from bot.fronts.web.settings import WebSettings
from bot.fronts.web.templates import Templates

_FORM_LARGEST = 10_000


class SignIn:
    """Shows the form, judges what comes back, and takes passes away again."""

    def __init__(self, settings: WebSettings, gate: Gate, templates: Templates) -> None:
        self._settings = settings
        self._gate = gate
        self._templates = templates
        self._strikes = passes.Strikes()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(SIGN_IN, self.show),
            web.post(SIGN_IN, self.enter),
            web.post("/sign-out", self.leave),
        ]

    async def show(self, request: web.Request) -> web.Response:
        if self._gate.person(request) is not None:
            raise web.HTTPSeeOther("/")
        return self._page(request, None, 200)

    async def enter(self, request: web.Request) -> web.Response:
        """Set the cookie and go to the chat, or show the form again with what is wrong."""
        token = self._settings.token
        if token is None:
            raise web.HTTPSeeOther("/")
        if (request.content_length or _FORM_LARGEST + 1) > _FORM_LARGEST:
            raise web.HTTPRequestEntityTooLarge(_FORM_LARGEST, request.content_length or 0)
        form = await request.post()
        if self._strikes.out(time.monotonic()):
            return self._page(request, "web-too-many-tries", 429)
        if not passes.is_token(str(form.get("token", "")), token):
            self._strikes.add(time.monotonic())
            return self._page(request, "web-wrong-token", 401)
        who = member(str(form.get("name", "")))
        if who is None:
            return self._page(request, "web-wrong-name", 400)
        return self._welcome(request, passes.issue(who.name, token, time.time()))

    async def leave(self, request: web.Request) -> web.Response:
        response = web.Response(status=303, headers={"Location": SIGN_IN})
        response.del_cookie(COOKIE)
        return response

    def _welcome(self, request: web.Request, value: str) -> web.Response:
        response = web.Response(status=303, headers={"Location": "/"})
        response.set_cookie(
            COOKIE, value, max_age=passes.PASS_SECONDS, httponly=True, samesite="Strict",
            secure=self._over_tls(request),
        )  # fmt: skip
        return response

    def _over_tls(self, request: web.Request) -> bool:
        """Whether the person came through the public address and that is HTTPS (we sit behind a proxy there)."""
        public = urlsplit(self._settings.public_url or "")
        return public.scheme == "https" and public.netloc.lower() == request.headers["Host"].lower()

    def _page(self, request: web.Request, problem: str | None, status: int) -> web.Response:
        return self._templates.response(request, "sign-in.html", problem=problem, status=status)
