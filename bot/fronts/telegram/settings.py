"""What the Telegram front reads of the settings: its token, where the Bot API is, and how updates arrive."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.core.chat.errors import BadSetting

OFFICIAL = "https://api.telegram.org"
HOOK = "/hooks/telegram"
"""Where the web port hears what Telegram posts."""
_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
"""Bot API: setWebhook, secret_token, which may be shorter; anybody may post to the hook and guess."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram posts updates, and the secret it sends along."""

    url: str
    secret: str


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """How to reach the Bot API; `webhook` None means long polling."""

    token: str
    base_url: str = f"{OFFICIAL}/bot"
    base_file_url: str = f"{OFFICIAL}/file/bot"
    webhook: Webhook | None = None

    @property
    def official(self) -> bool:
        """Whether this is Telegram's own server, whose limits for files are lower than a self-hosted one's."""
        return self.base_url.startswith(OFFICIAL)


def parse(env: Mapping[str, str]) -> TelegramSettings:
    """The front's settings; raises BadSetting that names the key and the fix."""
    token = env.get("TELEGRAM_TOKEN", "").strip()
    if not _TOKEN.fullmatch(token):
        raise BadSetting("TELEGRAM_TOKEN", "this is no bot token: copy the whole line that @BotFather sent you")
    base = _address("TELEGRAM_BASE_URL", env.get("TELEGRAM_BASE_URL", "").strip() or OFFICIAL)
    server = base.removesuffix("/bot")
    files = env.get("TELEGRAM_BASE_FILE_URL", "").strip()
    return TelegramSettings(
        token=token,
        base_url=f"{server}/bot",
        base_file_url=_ending(_address("TELEGRAM_BASE_FILE_URL", files or server), "/file/bot"),
        webhook=_webhook(env),
    )


def _webhook(env: Mapping[str, str]) -> Webhook | None:
    secret = env.get("TELEGRAM_WEBHOOK_SECRET", "").strip()
    if not secret:
        return None
    public = env.get("PUBLIC_URL", "").strip().rstrip("/")
    if not public.startswith("https://"):
        raise BadSetting(
            "PUBLIC_URL", "Telegram posts to https addresses alone: set it, or unset TELEGRAM_WEBHOOK_SECRET"
        )
    if not _SECRET.fullmatch(secret):
        raise BadSetting("TELEGRAM_WEBHOOK_SECRET", "use 16 to 256 letters, digits, _ and -")
    return Webhook(public + HOOK, secret)


def _address(key: str, text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise BadSetting(key, f"{text!r} is not an address: write it like http://127.0.0.1:8081")
    return text.rstrip("/")


def _ending(address: str, ending: str) -> str:
    return address if address.endswith(ending) else address + ending
