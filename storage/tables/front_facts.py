"""Facts that a front remembers because its platform cannot be asked: layouts of our messages, groups, languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update

from storage.db.database import Transaction
from storage.tables.schema import front_facts


@dataclass(frozen=True, slots=True)
class FactKey:
    """The chat a fact belongs to, and its name there: a message's id, or a name that the front chose."""

    platform: str
    chat: str
    name: str


async def put(tx: Transaction, key: FactKey, data: Mapping[str, Any], *, owner: str | None, now: int) -> None:
    """Keep plain JSON data in place of earlier data; `owner` is the platform's id of the person it concerns."""
    values = {"data": dict(data), "owner": owner, "changed_at": now}
    changed = await tx.execute(update(front_facts).where(*_here(key)).values(values))
    if not changed.rowcount:
        here = {"platform": key.platform, "chat": key.chat, "name": key.name}
        await tx.execute(insert(front_facts).values({**here, **values}))


async def get(tx: Transaction, key: FactKey) -> Mapping[str, Any] | None:
    row = (await tx.execute(select(front_facts.c.data).where(*_here(key)))).first()
    return row.data if row else None


async def of_chat(tx: Transaction, platform: str, chat: str, *, limit: int = 200) -> tuple[Mapping[str, Any], ...]:
    """The facts of a chat that changed last, oldest first."""
    query = (
        select(front_facts.c.data)
        .where(front_facts.c.platform == platform, front_facts.c.chat == chat)
        .order_by(front_facts.c.changed_at.desc(), front_facts.c.name.desc())
        .limit(limit)
    )
    return tuple(row.data for row in (await tx.execute(query)).all())[::-1]


async def forget(tx: Transaction, key: FactKey) -> None:
    """Delete a fact; silent when there is none."""
    await tx.execute(delete(front_facts).where(*_here(key)))


def _here(key: FactKey) -> tuple[Any, ...]:
    columns = front_facts.c
    return columns.platform == key.platform, columns.chat == key.chat, columns.name == key.name
