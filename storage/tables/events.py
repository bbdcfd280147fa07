"""Events that were handled, so that a redelivered one changes nothing."""

from sqlalchemy import delete, text

from storage.db.database import Transaction
from storage.tables.schema import events

_CLAIM = text("INSERT INTO events (id, seen_at) VALUES (:id, :seen_at) ON CONFLICT DO NOTHING")


async def claim(tx: Transaction, event_id: str, now: int) -> bool:
    """Remember an event in the transaction that acts on it; False when it was acted on before."""
    return bool((await tx.execute(_CLAIM, {"id": event_id, "seen_at": now})).rowcount)


async def forget(tx: Transaction, id_: str) -> None:
    """Let an event be new again."""
    await tx.execute(delete(events).where(events.c.id == id_))
