"""Which Host and Origin the web chat answers: its own, so that no other site can speak through a visitor's browser."""

from urllib.parse import urlsplit

from aiohttp import web

from bot.settings import WebSettings

_DEFAULT_PORTS = {"http": 80, "https": 443}
_READING = frozenset({"GET", "HEAD"})


def own_hosts(settings: WebSettings, port: int) -> frozenset[str]:
    """The Host headers that name this server, listening on `port`."""
    names = ("127.0.0.1", "localhost", "[::1]", f"[{settings.host}]" if ":" in settings.host else settings.host)
    hosts = {f"{name.lower()}:{port}" for name in names}
    if port in _DEFAULT_PORTS.values():
        hosts |= {name.lower() for name in names}
    return frozenset(hosts | _public_hosts(settings.public_url))


def _public_hosts(url: str | None) -> set[str]:
    if url is None:
        return set()
    parts = urlsplit(url)
    host = parts.netloc.lower()
    return {host} if parts.port else {host, f"{host}:{_DEFAULT_PORTS[parts.scheme]}"}


def is_own_host(request: web.BaseRequest, settings: WebSettings) -> bool:
    """Whether the Host header is one of ours."""
    return request.headers.get("Host", "").lower() in own_hosts(settings, _port(request))


def is_own_origin(request: web.BaseRequest, settings: WebSettings) -> bool:
    """Whether the page that sent this is ours; anything but plain reading must say where it comes from."""
    if request.method in _READING and request.headers.get("Upgrade", "").lower() != "websocket":
        return True
    scheme, _, host = request.headers.get("Origin", "").lower().partition("://")
    return scheme in _DEFAULT_PORTS and host in own_hosts(settings, _port(request))


def _port(request: web.BaseRequest) -> int:
    """The port this connection came in on: with WEB_PORT=0 it is known no sooner."""
    assert request.transport is not None
    port: int = request.transport.get_extra_info("sockname")[1]
    return port
