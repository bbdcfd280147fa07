"""The lifetime token quota: off unless an operator sets it; only an operator resets it."""

from dataclasses import dataclass

from storage.db.database import Transaction
from storage.tables import ledger, settings

QUOTA = "token-quota"
RESET = "token-since"
WARN = 0.8
"""Share of the quota at which a person is warned."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens used since the last reset, and the quota (None: unlimited)."""

    used: int
    limit: int | None

    @property
    def spent(self) -> bool:
        return self.limit is not None and self.used >= self.limit

    @property
    def nearly_spent(self) -> bool:
        return self.limit is not None and WARN * self.limit <= self.used < self.limit


async def tokens_of(tx: Transaction, user: str) -> Tokens:
    """Sum the tokens that providers reported for a person's delivered pictures."""
    account = f"user:{user}"
    own = (await settings.of(tx, [account]))[account]
    usage = await ledger.usage(tx, account, "token", own.get(RESET, 0))
    return Tokens(usage.spent, own.get(QUOTA))
