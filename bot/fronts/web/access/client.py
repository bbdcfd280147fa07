"""The address and the scheme of whoever asks, through proxies that the operator trusts and no others."""

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TypeAlias

from aiohttp import web

from bot.fronts.web.access.hosts import is_public_host
from bot.settings import WebSettings

Address: TypeAlias = IPv4Address | IPv6Address

_FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via")
_SUBNET = 64
"""Bits of an IPv6 address that one customer of a provider has in common (RFC 6177)."""


def client_address(request: web.BaseRequest, settings: WebSettings) -> str:
    """The address that throttles count by: the last one in X-Forwarded-For that no trusted proxy has.

    Without a trusted proxy it is the peer's. Of an IPv6 address only the network counts.
    """
    found = _parsed(request.remote or "")
    hops = [_parsed(hop.strip()) for hop in ",".join(request.headers.getall("X-Forwarded-For", ())).split(",")]
    while found is not None and _is_trusted(found, settings) and hops and (hop := hops.pop()) is not None:
        found = hop
    return _counted(found)


def is_https(request: web.BaseRequest, settings: WebSettings) -> bool:
    """Whether the browser speaks HTTPS: to a trusted proxy that says so, or to the public address that is one."""
    if (settings.public_url or "").startswith("https://") and is_public_host(request, settings):
        return True
    peer = _parsed(request.remote or "")
    scheme = request.headers.get("X-Forwarded-Proto", "").strip().lower()
    return peer is not None and _is_trusted(peer, settings) and scheme == "https"


def is_forwarded(request: web.BaseRequest) -> bool:
    """Whether a proxy passed the request on, by what it says itself."""
    return any(name in request.headers for name in _FORWARDED)


def _parsed(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


def _is_trusted(address: Address, settings: WebSettings) -> bool:
    return any(address in network for network in settings.trusted_proxies)


def _counted(address: Address | None) -> str:
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> (128 - _SUBNET) << (128 - _SUBNET)))
    return str(address)
