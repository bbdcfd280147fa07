"""The headers of every response: the page may load only our own files, and nobody may frame or sniff it."""

from aiohttp import web

from bot.fronts.web.access.client import is_https
from bot.settings import WebSettings

SERVER = "Likeness"
"""The Server header, which names no version."""
_FIXED = {
    "Server": SERVER,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # not no-referrer: with that, browsers send "Origin: null" when the sign-in form is posted
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_HSTS = "max-age=31536000"
_FRESH = "no-cache"
"""Kept by the browser, but asked about every time: a new version shows at once."""


class SecurityHeaders:
    """Adds the headers just before a response goes out."""

    def __init__(self, settings: WebSettings) -> None:
        self._settings = settings

    async def add(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(_FIXED)
        response.headers["Content-Security-Policy"] = policy(request.headers.get("Host", ""))
        response.headers.setdefault("Cache-Control", _FRESH if request.path.startswith("/static/") else "no-store")
        if is_https(request, self._settings):
            response.headers["Strict-Transport-Security"] = _HSTS


def policy(host: str) -> str:
    """The Content-Security-Policy of a page on `host`; older browsers do not count WebSockets as 'self'."""
    safe = host if all(c.isascii() and (c.isalnum() or c in ".:[]-") for c in host) else ""
    sockets = f" ws://{safe} wss://{safe}" if safe else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
        f"connect-src 'self'{sockets}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
