"""Which addresses may be connected to: public ones, and the one host and port the operator configured."""

import ipaddress
import socket
from typing import Any

from yarl import URL

UNICAST = ipaddress.IPv6Network("2000::/3")
"""All that is global unicast in IPv6 (RFC 4291, section 2.4)."""
LOOPBACK = ("localhost", "127.0.0.1", "::1", "0.0.0.0", "::", "host.docker.internal")  # noqa: S104  # compared with, not bound to
"""Names under which a server calls itself."""
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""An IPv4 address behind a translator, in its last 32 bits (RFC 6052, section 2.1)."""


class Forbidden(OSError):
    """A connection to an address that is nobody's business."""


class Gate:
    """Opens the sockets of requests to one URL and refuses private addresses, looked at as they are connected to.

    Whatever a name resolves to, and resolves to a moment later, passes here. The host and port of `configured` are
    the operator's own choice and may be anywhere. It is aiohttp's `socket_factory`, which is called with (family,
    type, protocol, canonical name, address). aiohttp folds several refusals into one plain error, so `refused` keeps
    the addresses.
    """

    def __init__(self, url: URL, configured: URL | None) -> None:
        self._trusted = configured is not None and is_origin(url, configured)
        self.refused: list[str] = []

    def __call__(self, info: Any) -> socket.socket:
        """A new socket; raises Forbidden."""
        family, kind, protocol, _, address = info
        if not self._trusted and not is_public(str(address[0])):
            self.refused.append(str(address[0]))
            raise Forbidden(f"{address[0]} is no public address")
        return socket.socket(family, kind, protocol)


def own_address(url: URL, configured: URL) -> URL:
    """`url` at the configured host where it names the same server otherwise: its loopback, or plain http for its https.

    Only the configured origin is ever put in, so nothing else becomes reachable.
    """
    is_port_its_own = url.explicit_port in (None, configured.port)
    is_itself = is_port_its_own and (url.host or "") in LOOPBACK
    is_plain = url.host == configured.host and url.scheme == "http" and configured.scheme == "https"
    if not (is_itself or (is_plain and url.explicit_port in (None, 80, configured.port))):
        return url
    return url.with_scheme(configured.scheme).with_host(configured.host or "").with_port(configured.explicit_port)


def is_public(address: str) -> bool:
    """Whether a numeric address is a single public host's; of IPv4 inside IPv6, the IPv4 address is what counts."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _inner(ip)
        if inner is None:
            return ip in UNICAST and ip.is_global
        ip = inner
    return ip.is_global and not ip.is_multicast


def is_origin(url: URL, configured: URL) -> bool:
    """Whether a URL has the configured one's host and port."""
    return (url.host, url.port) == (configured.host, configured.port)


def allowed(url: URL, configured: URL | None) -> bool:
    """Whether a URL may be fetched at all: https, or the configured host and port as they are."""
    return url.scheme == "https" or (configured is not None and url.scheme == "http" and is_origin(url, configured))


def _inner(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that packets to `ip` end up at: mapped, 6to4, Teredo or NAT64."""
    if ip in NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
