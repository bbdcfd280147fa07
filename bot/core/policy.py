"""Who may use the bot, who operates it, and what it may spend, as the operator set it."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from bot.core.errors import BadSetting
from bot.core.messages import Who

OWN = ("local", "web")
"""Platforms that are the operator's own: the console, and the web chat (beyond loopback its token is theirs)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """`spend_month` is in microdollars for the whole bot."""

    admins: frozenset[tuple[str, str]] = frozenset()
    open: bool = True
    spend_month: int = 50_000_000

    def operates(self, who: Who) -> bool:
        return who.platform in OWN or (who.platform, who.id) in self.admins

    def admits(self, who: Who, allowed: Collection[bool]) -> bool:
        """Whether somebody may use the bot; `allowed` says whether they or the place were let in."""
        return self.open or self.operates(who) or any(allowed)


def parse_policy(settings: Mapping[str, str], *, paid: bool) -> Policy:
    """The policy of ADMINS, ACCESS and SPEND_LIMIT_USD_MONTH; `paid` says that a model costs money.

    Raises BadSetting.
    """
    access = settings.get("ACCESS") or ("allowlist" if paid else "open")
    if access not in ("allowlist", "open"):
        raise BadSetting("ACCESS", f'use "allowlist" or "open", not {access!r}')
    admins = [entry.strip() for entry in settings.get("ADMINS", "").split(",") if entry.strip()]
    if odd := [entry for entry in admins if not all(entry.partition(":"))]:
        raise BadSetting("ADMINS", f'write "platform:id, platform:id", such as "discord:1234"; {odd[0]!r} is not')
    return Policy(
        admins=frozenset((platform, id_) for platform, _, id_ in (entry.partition(":") for entry in admins)),
        open=access == "open",
        spend_month=_micro("SPEND_LIMIT_USD_MONTH", settings.get("SPEND_LIMIT_USD_MONTH") or "50"),
    )


def _micro(key: str, value: str) -> int:
    try:
        dollars = Decimal(value)
    except InvalidOperation as exc:
        raise BadSetting(key, f"write dollars as a number, such as 50; {value!r} is not") from exc
    if not dollars.is_finite() or dollars < 0:
        raise BadSetting(key, "write dollars as a number of 0 or more")
    return math.floor(dollars * 1_000_000)
