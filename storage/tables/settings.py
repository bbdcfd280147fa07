"""Settings of people, workspaces and the bot as keyed JSON values."""

from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from storage.db.database import Transaction
from storage.tables.owners import BOT_SETTINGS, Scope
from storage.tables.schema import settings

_OF = select(settings.c.scope, settings.c.key, settings.c.value).where(
    settings.c.scope.in_(bindparam("scopes", expanding=True))
)


async def of(tx: Transaction, *scopes: Scope) -> dict[Scope, dict[str, Any]]:
    """Everything set in these scopes, by scope and key."""
    found: dict[Scope, dict[str, Any]] = {scope: {} for scope in scopes}
    named = {str(scope): scope for scope in scopes}
    for scope, key, value in await tx.execute(_OF, {"scopes": list(named)}):
        found[named[scope]][key] = value
    return found


async def of_bot(tx: Transaction) -> dict[str, Any]:
    """Everything set for the whole bot, by key."""
    return (await of(tx, BOT_SETTINGS))[BOT_SETTINGS]


async def put(tx: Transaction, scope: Scope, key: str, value: Any) -> None:
    """Set a value; None takes it away."""
    await tx.execute(delete(settings).where(settings.c.scope == str(scope), settings.c.key == key))
    if value is not None:
        await tx.execute(insert(settings).values(scope=str(scope), key=key, value=value))


async def anywhere(tx: Transaction, key: str) -> bool:
    """Whether any scope has set a key."""
    return await tx.scalar(select(settings.c.scope).where(settings.c.key == key).limit(1)) is not None
