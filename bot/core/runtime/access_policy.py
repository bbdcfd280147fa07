"""Who may use the bot, who operates it, and what it may spend, as the operator set it."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.core.chat.messages import Who

OWN = "local"
"""The platform of the console, and of the web chat without accounts: the operator's own."""


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
