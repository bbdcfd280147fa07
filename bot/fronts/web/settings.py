"""What the web chat reads of the settings: where it listens, who may enter, how it is reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from bot.core.chat.errors import BadSetting

_REACHABLE = (
    "WEB_HOST is reachable by others: set WEB_TOKEN to a long random text, which people enter to sign in, "
    "or set WEB_HOST to 127.0.0.1"
)


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where the web chat listens (port 0: any free one) and the token that opens it (None: its owner only)."""

    host: str = "127.0.0.1"
    port: int = 8080
    token: str | None = None
    public_url: str | None = None

    @property
    def reach(self) -> str:
        """The host a person on this machine types for what `host` listens on."""
        if self.host in ("0.0.0.0", "::", ""):  # noqa: S104  compared with, not bound to
            return "127.0.0.1"
        return f"[{self.host}]" if ":" in self.host else self.host


def parse(env: Mapping[str, str]) -> WebSettings:
    """The web chat's settings; raises BadSetting that names the key and the fix."""
    settings = WebSettings(
        host=env.get("WEB_HOST", "").strip() or "127.0.0.1",
        port=_port(env.get("WEB_PORT", "").strip() or "8080"),
        token=env.get("WEB_TOKEN", "").strip() or None,
        public_url=_public_url(env.get("PUBLIC_URL", "").strip()),
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


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= 65535:
        return int(text)
    raise BadSetting("WEB_PORT", f"{text!r} is not a port: use a number from 1 to 65535, or 0 for any free one")


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
