"""What was said in chats whose platform keeps no history of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from storage.db.database import Transaction
from storage.tables.schema import transcript


@dataclass(frozen=True, slots=True)
class Entry:
    """One message: `author` is "bot" or a person's id; `private_to` names its only reader; `at` in Unix ms."""

    chat: str
    id: str
    author: str
    name: str
    body: Mapping[str, Any]
    private_to: str | None
    at: int


_COLUMNS = tuple(
    transcript.c[name] for name in ("chat", "entry_id", "author", "name", "body", "private_to", "written_at")
)


async def add(tx: Transaction, entry: Entry) -> None:
    await tx.execute(
        insert(transcript).values(
            chat=entry.chat, entry_id=entry.id, author=entry.author, name=entry.name,
            body=dict(entry.body), private_to=entry.private_to, written_at=entry.at,
        )
    )  # fmt: skip


async def replace(tx: Transaction, chat: str, id_: str, body: Mapping[str, Any]) -> bool:
    """Put another body into an entry; False when there is no such entry."""
    changed = await tx.execute(
        update(transcript).where(transcript.c.chat == chat, transcript.c.entry_id == id_).values(body=dict(body))
    )
    return bool(changed.rowcount)


async def remove(tx: Transaction, chat: str, id_: str) -> None:
    await tx.execute(delete(transcript).where(transcript.c.chat == chat, transcript.c.entry_id == id_))


async def get(tx: Transaction, chat: str, id_: str) -> Entry | None:
    query = select(*_COLUMNS).where(transcript.c.chat == chat, transcript.c.entry_id == id_)
    row = (await tx.execute(query)).first()
    return Entry(*row) if row else None


async def page(tx: Transaction, chat: str, reader: str, *, before: str | None, limit: int) -> tuple[Entry, ...]:
    """The newest entries a reader may see (before a given one), oldest first."""
    query = (
        select(*_COLUMNS)
        .where(transcript.c.chat == chat)
        .where(or_(transcript.c.private_to.is_(None), transcript.c.private_to == reader))
        .order_by(transcript.c.position.desc())
        .limit(limit)
    )
    if before is not None:
        position = select(transcript.c.position).where(transcript.c.chat == chat, transcript.c.entry_id == before)
        query = query.where(transcript.c.position < position.scalar_subquery())
    return tuple(Entry(*row) for row in (await tx.execute(query)).all())[::-1]
