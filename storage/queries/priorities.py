"""People whom the operator lets go first."""

from sqlalchemy import select

from storage.db.database import Transaction
from storage.tables.owners import user_of
from storage.tables.schema import settings

PRIORITY = "priority"
"""The key of the setting, in a person's own scope."""


async def chosen(tx: Transaction) -> frozenset[str]:
    """The ids of all of them."""
    found = await tx.execute(select(settings.c.scope, settings.c.value).where(settings.c.key == PRIORITY))
    return frozenset(user_of(scope) for scope, value in found if value)
