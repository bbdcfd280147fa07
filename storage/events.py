"""Events that were handled, so that a redelivered one changes nothing."""

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from storage.db import Transaction
from storage.schema import events


async def claim(tx: Transaction, event_id: str, now: int) -> bool:
    """Remember an event in the transaction that acts on it; False when it was acted on before."""
    try:
        async with tx.begin_nested():
            await tx.execute(insert(events).values(id=event_id, seen_at=now))
    except IntegrityError:
        return False
    return True
