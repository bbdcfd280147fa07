"""Which addresses may be connected to: public ones, and the one host and port the operator configured."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any, TypeAlias

from yarl import URL

SocketFactory: TypeAlias = Callable[[Any], socket.socket]
"""What aiohttp calls with (family, type, protocol, canonical name, address) once a name is resolved."""


class Forbidden(OSError):
    """A connection to an address that is nobody's business."""


def public_only(url: URL, configured: URL | None) -> SocketFactory:
    """A socket factory for requests to `url` that refuses private addresses, checked as they are connected to.

    Whatever a name resolves to, and resolves to a moment later, is what is looked at here. The host and port of
    `configured` are the operator's own choice and may be anywhere.
    """
    trusted = configured is not None and is_origin(url, configured)

    def open_socket(info: Any) -> socket.socket:
        family, kind, protocol, _, address = info
        if not trusted and not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_global:
            raise Forbidden(f"{address[0]} is no public address")
        return socket.socket(family, kind, protocol)

    return open_socket


def is_origin(url: URL, configured: URL) -> bool:
    """Whether a URL has the configured one's host and port."""
    return (url.host, url.port) == (configured.host, configured.port)


def allowed(url: URL, configured: URL | None) -> bool:
    """Whether a URL may be fetched at all: https, or the configured host and port as they are."""
    return url.scheme == "https" or (configured is not None and url.scheme == "http" and is_origin(url, configured))
