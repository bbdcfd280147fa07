"""The web chat's settings: its address, who may enter, and the proxies in front of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import TypeAlias
from urllib.parse import SplitResult, urlsplit

from bot.core.chat.errors import BadSetting

Network: TypeAlias = IPv4Network | IPv6Network

_REACHABLE = (
    "WEB_HOST is reachable by others: set WEB_TOKEN to a long random text, with which its operator signs in first, "
    "or set WEB_HOST to 127.0.0.1"
)
SECRET_LEAST = 16
"""Characters of a secret that a stranger may guess at."""
_DIFFERENT_LEAST = 6
_WEAK = (
    f"it is too easy to guess: use at least {SECRET_LEAST} characters, such as what `openssl rand -base64 24` prints"
)


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where the web chat listens (port 0: any free one).

    With a `token` people have accounts, and the token is the operator's first way in; without one the chat is its
    owner's alone. `trusted_proxies` may say for whom they ask.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    token: str | None = None
    public_url: str | None = None
    trusted_proxies: tuple[Network, ...] = ()

    @property
    def reach(self) -> str:
        """The host a person on this machine types for `host`."""
        if self.host in ("0.0.0.0", "::", ""):  # noqa: S104  compared with, not bound to
            return "127.0.0.1"
        return f"[{self.host}]" if ":" in self.host else self.host


def parse(env: Mapping[str, str]) -> WebSettings:
    """The web chat's settings; raises BadSetting that names the key and the fix."""
    settings = WebSettings(
        host=env.get("WEB_HOST", "").strip() or "127.0.0.1",
        port=_port(env.get("WEB_PORT", "").strip() or "8080"),
        token=_token(env.get("WEB_TOKEN", "").strip()),
        public_url=_public_url(env.get("PUBLIC_URL", "").strip()),
        trusted_proxies=_networks(env.get("TRUSTED_PROXIES", "")),
    )
    if settings.token is None and not is_loopback(settings.host):
        raise BadSetting("WEB_TOKEN", _REACHABLE)
    return settings


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`; a name other than localhost counts as reachable."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _token(text: str) -> str | None:
    if not text:
        return None
    if len(text) < SECRET_LEAST or len(set(text)) < _DIFFERENT_LEAST:
        raise BadSetting("WEB_TOKEN", _WEAK)
    return text


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= 65535:
        return int(text)
    raise BadSetting("WEB_PORT", f"{text!r} is not a port: use a number from 1 to 65535, or 0 for any free one")


def _networks(text: str) -> tuple[Network, ...]:
    return tuple(_network(part.strip()) for part in text.split(",") if part.strip())


def _network(text: str) -> Network:
    try:
        return ip_network(text, strict=False)
    except ValueError as exc:
        fix = f"{text!r} is no address or network: write them like 127.0.0.1, 10.0.0.0/8"
        raise BadSetting("TRUSTED_PROXIES", fix) from exc


def _public_url(text: str) -> str | None:
    if not text:
        return None
    parts = _split(text)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise BadSetting("PUBLIC_URL", f"{text!r} is not an address: write it like https://pictures.example.org")
    return text.rstrip("/")


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port  # a port that is no number shows only when asked for
    except ValueError:
        return None
    return parts
