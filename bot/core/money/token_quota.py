"""The lifetime token quota: off unless an operator sets it, and only an operator lets it begin anew."""

from dataclasses import dataclass

from storage.db.database import Transaction
from storage.tables import ledger, settings

QUOTA = "token-quota"
RESET = "token-since"
WARN = 0.8
"""The share from which on a person is warned."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a person used since the last reset, and may use (None: as many as they like)."""

    used: int
    limit: int | None

    @property
    def spent(self) -> bool:
        return self.limit is not None and self.used >= self.limit

    @property
    def nearly_spent(self) -> bool:
        return self.limit is not None and WARN * self.limit <= self.used < self.limit


async def tokens_of(tx: Transaction, user: str) -> Tokens:
    """A person's tokens, as providers reported them for pictures they were given."""
    account = f"user:{user}"
    own = (await settings.of(tx, [account]))[account]
    usage = await ledger.usage(tx, account, "token", own.get(RESET, 0))
    return Tokens(usage.spent, own.get(QUOTA))
