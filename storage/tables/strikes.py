"""Strikes: refused prompts and wrong codes, counted so that a person who has several in a short time pauses."""

from sqlalchemy import func, insert, select

from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.tables.enums import StrikeKind
from storage.tables.schema import strikes


async def add(tx: Transaction, user: str, kind: StrikeKind, now: int, *, rule: str | None = None) -> None:
    """Write down a strike; `rule` names the content rule that a refused prompt broke."""
    await tx.execute(insert(strikes).values(id=new_id(), user_id=user, kind=kind, rule=rule, struck_at=now))


async def count_since(tx: Transaction, user: str, kind: StrikeKind, since: int) -> int:
    """How many strikes of a kind a person has since a moment."""
    query = (
        select(func.count())
        .select_from(strikes)
        .where(strikes.c.user_id == user, strikes.c.kind == kind, strikes.c.struck_at >= since)
    )
    return await tx.scalar(query) or 0
