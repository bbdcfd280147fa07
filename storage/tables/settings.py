"""Settings of people, workspaces and the bot as keyed JSON values."""

from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from storage.db.database import Transaction
from storage.tables.schema import settings

_OF = select(settings.c.scope, settings.c.key, settings.c.value).where(
    settings.c.scope.in_(bindparam("scopes", expanding=True))
)


async def of(tx: Transaction, scopes: list[str]) -> dict[str, dict[str, Any]]:
    """Everything set in these scopes ("user:<id>", "workspace:<id>", "bot"), by scope and key."""
    found: dict[str, dict[str, Any]] = {scope: {} for scope in scopes}
    for scope, key, value in await tx.execute(_OF, {"scopes": scopes}):
        found[scope][key] = value
    return found


async def put(tx: Transaction, scope: str, key: str, value: Any) -> None:
    """Set a value; None takes it away."""
    await tx.execute(delete(settings).where(settings.c.scope == scope, settings.c.key == key))
    if value is not None:
        await tx.execute(insert(settings).values(scope=scope, key=key, value=value))


async def anywhere(tx: Transaction, key: str) -> bool:
    """Whether any scope has set a key."""
    return await tx.scalar(select(settings.c.scope).where(settings.c.key == key).limit(1)) is not None
