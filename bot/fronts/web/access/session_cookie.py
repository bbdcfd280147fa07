"""The cookie that holds a session's secret: bound to this host on HTTPS, and never read by scripts."""

import re

from aiohttp import web

from bot.fronts.web.access.client import is_https
from bot.settings import WebSettings

PLAIN = "likeness"
BOUND = f"__Host-{PLAIN}"
"""Browsers take this name only over HTTPS, for the whole host and no other (RFC 6265bis, 4.1.3.2)."""
_SECONDS = 30 * 86_400
"""The browser keeps the cookie so long; the session in the database ends earlier where it is idle."""
_SECRET = re.compile(r"[A-Za-z0-9_-]{20,100}")


def read(request: web.BaseRequest, settings: WebSettings) -> str | None:
    """The secret in the cookie; None where there is none, or nothing that one of ours holds."""
    value = request.cookies.get(_name(request, settings), "")
    return value if _SECRET.fullmatch(value) else None


def write(request: web.BaseRequest, response: web.Response, secret: str, settings: WebSettings) -> None:
    response.set_cookie(
        _name(request, settings), secret, max_age=_SECONDS, path="/", httponly=True, samesite="Strict",
        secure=is_https(request, settings),
    )  # fmt: skip


def delete(request: web.BaseRequest, response: web.Response, settings: WebSettings) -> None:
    response.del_cookie(
        _name(request, settings), path="/", httponly=True, samesite="Strict", secure=is_https(request, settings)
    )


def _name(request: web.BaseRequest, settings: WebSettings) -> str:
    return BOUND if is_https(request, settings) else PLAIN
