"""The Host and Origin headers that are accepted: our own, so that no other site speaks through a visitor's browser."""

from urllib.parse import urlsplit

from aiohttp import web

from bot.settings import WebSettings

_DEFAULT_PORTS = {"http": 80, "https": 443}
_READING = frozenset({"GET", "HEAD"})


def own_hosts(settings: WebSettings, port: int) -> frozenset[str]:
    """The Host headers that name this server, listening on `port`."""
    return _local_hosts(settings, port) | _public_hosts(settings.public_url)


def own_origins(settings: WebSettings, port: int) -> frozenset[str]:
    """The origins of this server's own pages: plain HTTP on its own port, and the scheme of PUBLIC_URL there."""
    local = {f"http://{host}" for host in _local_hosts(settings, port)}
    scheme = urlsplit(settings.public_url or "").scheme
    return frozenset(local | {f"{scheme}://{host}" for host in _public_hosts(settings.public_url)})


def is_own_host(request: web.BaseRequest, settings: WebSettings) -> bool:
    """Whether the Host header is one of ours."""
    return _host(request) in own_hosts(settings, _port(request))


def is_public_host(request: web.BaseRequest, settings: WebSettings) -> bool:
    """Whether the Host header is that of PUBLIC_URL."""
    return _host(request) in _public_hosts(settings.public_url)


def is_local_host(request: web.BaseRequest, settings: WebSettings) -> bool:
    """Whether the Host header names this machine as its owner reaches it."""
    return _host(request) in _local_hosts(settings, _port(request))


def is_own_origin(request: web.BaseRequest, settings: WebSettings) -> bool:
    """Whether one of our pages sent the request; anything but plain reading must say where it comes from."""
    if request.method in _READING and request.headers.get("Upgrade", "").lower() != "websocket":
        return True
    return request.headers.get("Origin", "").lower() in own_origins(settings, _port(request))


def _local_hosts(settings: WebSettings, port: int) -> frozenset[str]:
    names = ("127.0.0.1", "localhost", "[::1]", f"[{settings.host}]" if ":" in settings.host else settings.host)
    hosts = {f"{name.lower()}:{port}" for name in names}
    if port == _DEFAULT_PORTS["http"]:
        hosts |= {name.lower() for name in names}
    return frozenset(hosts)


def _public_hosts(url: str | None) -> frozenset[str]:
    """The spellings of the public host: browsers leave out a scheme's own port."""
    if url is None:
        return frozenset()
    parts = urlsplit(url)
    host, usual = parts.netloc.lower(), _DEFAULT_PORTS[parts.scheme]
    if parts.port in (None, usual):
        bare = host.removesuffix(f":{usual}")
        return frozenset({bare, f"{bare}:{usual}"})
    return frozenset({host})


def _host(request: web.BaseRequest) -> str:
    return request.headers.get("Host", "").lower()


def _port(request: web.BaseRequest) -> int:
    """The port of this connection: with WEB_PORT=0 it is known no sooner."""
    if request.transport is None:
        raise ConnectionResetError
    port: int = request.transport.get_extra_info("sockname")[1]
    return port
