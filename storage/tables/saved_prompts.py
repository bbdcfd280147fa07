"""Prompts that people saved under a name."""

from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select

from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.tables.personas import name_key
from storage.tables.schema import saved_prompts


@dataclass(frozen=True, slots=True)
class SavedPrompt:
    """Words to make pictures from, under a name of their owner's."""

    name: str
    words: str


async def put(tx: Transaction, user: str, prompt: SavedPrompt, now: int) -> None:
    """Save a prompt, in place of one of the same name."""
    await remove(tx, user, prompt.name)
    await tx.execute(
        insert(saved_prompts).values(
            id=new_id(), user_id=user, name=prompt.name, name_key=name_key(prompt.name), words=prompt.words,
            created_at=now,
        )
    )  # fmt: skip


async def remove(tx: Transaction, user: str, name: str) -> bool:
    """Take a prompt away; False when there was none of that name."""
    here = (saved_prompts.c.user_id == user, saved_prompts.c.name_key == name_key(name))
    return bool((await tx.execute(delete(saved_prompts).where(*here))).rowcount)


async def find(tx: Transaction, user: str, name: str) -> SavedPrompt | None:
    """The newest prompt of that name, however it is capitalised."""
    query = (
        select(saved_prompts.c.name, saved_prompts.c.words)
        .where(saved_prompts.c.user_id == user, saved_prompts.c.name_key == name_key(name))
        .order_by(saved_prompts.c.id.desc())
        .limit(1)
    )
    row = (await tx.execute(query)).first()
    return SavedPrompt(*row) if row else None


async def owned(tx: Transaction, user: str, *, limit: int = 50) -> tuple[SavedPrompt, ...]:
    """A person's prompts by name."""
    query = (
        select(saved_prompts.c.name, saved_prompts.c.words)
        .where(saved_prompts.c.user_id == user)
        .order_by(saved_prompts.c.name_key, saved_prompts.c.id)
        .limit(limit)
    )
    return tuple(SavedPrompt(*row) for row in await tx.execute(query))


async def count(tx: Transaction, user: str) -> int:
    query = select(func.count()).select_from(saved_prompts).where(saved_prompts.c.user_id == user)
    return await tx.scalar(query) or 0
