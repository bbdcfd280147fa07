"""The lifetime token quota: off unless an operator sets it; only an operator resets it."""

from dataclasses import dataclass

from storage.db.database import Transaction
from storage.tables import ledger, settings
from storage.tables.enums import Unit
from storage.tables.owners import Account, Scope

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
    scope = Scope.user(user)
    own = (await settings.of(tx, scope))[scope]
    usage = await ledger.usage(tx, Account.user(user), Unit.TOKEN, own.get(RESET, 0))
    return Tokens(usage.spent, own.get(QUOTA))
