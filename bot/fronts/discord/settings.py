"""What the Discord front reads of the settings: its token, and other addresses of Discord."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.core.chat.errors import BadSetting


@dataclass(frozen=True, slots=True)
class DiscordSettings:
    """The bot's token; the API and the gateway where they are not Discord's own."""

    token: str
    api_url: str | None = None
    gateway_url: str | None = None


def parse(env: Mapping[str, str]) -> DiscordSettings:
    """The front's settings; raises BadSetting that names the key and the fix."""
    token = env.get("DISCORD_TOKEN", "").strip().removeprefix("Bot ").strip()
    if not token or any(char.isspace() for char in token):
        raise BadSetting(
            "DISCORD_TOKEN", "copy it again from your application on discord.com/developers, Bot, Reset Token"
        )
    return DiscordSettings(
        token=token,
        api_url=_address("DISCORD_API_URL", env.get("DISCORD_API_URL", ""), "https://discord.com/api/v10"),
        gateway_url=_address("DISCORD_GATEWAY_URL", env.get("DISCORD_GATEWAY_URL", ""), "wss://gateway.discord.gg"),
    )


def _address(key: str, text: str, usual: str) -> str | None:
    """The address without its last slash, with or without TLS as `usual` is; None for an empty one."""
    text = text.strip()
    if not text:
        return None
    secure = urlsplit(usual).scheme
    try:
        parts = urlsplit(text)
        usable = parts.scheme in (secure, secure.removesuffix("s")) and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        raise BadSetting(key, f"{text!r} is not an address: write it like {usual}, or leave it out")
    return text.rstrip("/")
