"""Who may use the bot, who operates it, and what it may spend, as the operator set it."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from bot.core.chat.errors import BadSetting
from bot.core.chat.messages import Who

OWN = "local"
"""The platform of the console, and of the web chat without accounts: the operator's own."""


MOST = 1_000_000_000
"""Dollars a limit can be set to; nobody means more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPolicy:
    """`spend_month` is in microdollars for the whole bot."""

    admins: frozenset[tuple[str, str]] = frozenset()
    open: bool = True
    spend_month: int = 50_000_000
    web: str | None = None
    """The address of the web chat; None where only another machine's owner could use it."""
    web_accounts: bool = False
    """Whether people sign in to the web chat with accounts (WEB_TOKEN is set)."""

    def operates(self, who: Who) -> bool:
        return who.platform == OWN or (who.platform, who.id) in self.admins

    def admits(self, who: Who, allowed: Collection[bool]) -> bool:
        """Whether somebody may use the bot; `allowed` says whether they or the place were let in."""
        return self.open or self.operates(who) or any(allowed)


def parse_policy(settings: Mapping[str, str], *, paid: bool) -> AccessPolicy:
    """The policy of ADMINS, ACCESS and SPEND_LIMIT_USD_MONTH; `paid` says that a model costs money.

    Raises BadSetting.
    """
    access = settings.get("ACCESS") or ("allowlist" if paid else "open")
    if access not in ("allowlist", "open"):
        raise BadSetting("ACCESS", f'use "allowlist" or "open", not {access!r}')
    return AccessPolicy(
        admins=frozenset(_admin(entry.strip()) for entry in settings.get("ADMINS", "").split(",") if entry.strip()),
        open=access == "open",
        web=_web(settings),
        web_accounts=bool(settings.get("WEB_TOKEN")),
        spend_month=_micro("SPEND_LIMIT_USD_MONTH", settings.get("SPEND_LIMIT_USD_MONTH") or "50"),
    )


def _web(settings: Mapping[str, str]) -> str | None:
    """The address of the web chat: PUBLIC_URL where it has accounts, else this machine's own."""
    public = settings.get("PUBLIC_URL", "").rstrip("/")
    if public and settings.get("WEB_TOKEN"):
        return public
    host = settings.get("WEB_HOST") or "127.0.0.1"
    return f"http://{host}:{settings.get('WEB_PORT') or 8080}" if host in ("127.0.0.1", "localhost") else None


def _admin(entry: str) -> tuple[str, str]:
    platform, _, id_ = (part.strip() for part in entry.partition(":"))
    if not (platform and id_):
        raise BadSetting("ADMINS", f'write "platform:id, platform:id", such as "discord:1234"; {entry!r} is not')
    return platform.casefold(), id_


def _micro(key: str, value: str) -> int:
    try:
        dollars = Decimal(value)
    except InvalidOperation as exc:
        raise BadSetting(key, f"write dollars as a number, such as 50; {value!r} is not") from exc
    if not dollars.is_finite() or not 0 <= dollars <= MOST:
        raise BadSetting(key, f"write dollars as a number from 0 to {MOST:,}")
    return math.floor(dollars * 1_000_000)
