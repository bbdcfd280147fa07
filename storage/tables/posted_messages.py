"""Which message of ours shows which generation."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from storage.db.database import Transaction
from storage.tables.enums import Purpose
from storage.tables.schema import messages


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of ours as its platform names it, and what it shows of a generation."""

    platform: str
    chat: str
    message: str
    generation: str
    purpose: Purpose


_COLUMNS = tuple(messages.c[name] for name in ("platform", "chat", "message_id", "generation_id", "purpose"))


async def put(tx: Transaction, posted: Posted, now: int) -> None:
    """Remember a message; one that is known takes the new purpose."""
    here = (
        messages.c.platform == posted.platform,
        messages.c.chat == posted.chat,
        messages.c.message_id == posted.message,
    )
    changed = await tx.execute(update(messages).where(*here).values(purpose=posted.purpose))
    if not changed.rowcount:
        await tx.execute(
            insert(messages).values(
                platform=posted.platform, chat=posted.chat, message_id=posted.message,
                generation_id=posted.generation, purpose=posted.purpose, posted_at=now,
            )
        )  # fmt: skip


async def forget(tx: Transaction, posted: Posted) -> None:
    """Forget a message that is taken away."""
    await tx.execute(
        delete(messages).where(
            messages.c.platform == posted.platform,
            messages.c.chat == posted.chat,
            messages.c.message_id == posted.message,
        )
    )


async def find(tx: Transaction, platform: str, chat: str, message: str) -> Posted | None:
    row = (
        await tx.execute(
            select(*_COLUMNS).where(
                messages.c.platform == platform,
                messages.c.chat == chat,
                messages.c.message_id == message,
            )
        )
    ).first()
    return Posted(*row) if row else None


async def results_since(tx: Transaction, platform: str, since: int, *, limit: int = 200) -> tuple[Posted, ...]:
    """The results posted on a platform since a moment, newest first."""
    query = (
        select(*_COLUMNS)
        .where(messages.c.platform == platform, messages.c.purpose == Purpose.RESULT, messages.c.posted_at >= since)
        .order_by(messages.c.posted_at.desc())
        .limit(limit)
    )
    return tuple(Posted(*row) for row in await tx.execute(query))


async def of_generation(tx: Transaction, generation: str) -> tuple[Posted, ...]:
    """The messages that show a generation, oldest first."""
    query = select(*_COLUMNS).where(messages.c.generation_id == generation).order_by(messages.c.posted_at)
    return tuple(Posted(*row) for row in await tx.execute(query))
