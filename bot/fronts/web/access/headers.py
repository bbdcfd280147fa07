"""The headers every response carries: the page may load only what we serve, and nobody may frame or sniff it."""

from aiohttp import web

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # not no-referrer: with that, browsers send "Origin: null" when the sign-in form is posted
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

_FRESH = "no-cache"
"""Kept by the browser, but asked about every time: a new version shows at once."""


async def on_prepare(request: web.Request, response: web.StreamResponse) -> None:
    """Add the security headers just before a response goes out."""
    response.headers.update(_FIXED)
    response.headers["Content-Security-Policy"] = policy(request.headers.get("Host", ""))
    response.headers.setdefault("Cache-Control", _FRESH if request.path.startswith("/static/") else "no-store")


def policy(host: str) -> str:
    """The Content-Security-Policy of a page on `host`; older browsers do not count WebSockets as 'self'."""
    safe = host if all(c.isalnum() or c in ".:[]-" for c in host) else ""
    sockets = f" ws://{safe} wss://{safe}" if safe else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
        f"connect-src 'self'{sockets}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
