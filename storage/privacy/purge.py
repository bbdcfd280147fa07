"""What has had its time in the tables: the trash, and what is remembered of questions and events."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, exists, or_, select, text

from storage.db.database import Transaction
from storage.queries import search
from storage.tables.schema import (
    attempts,
    drafts,
    events,
    generation_references,
    generations,
    images,
    messages,
    strikes,
    votes,
    web_invitations,
    web_sessions,
)

IN_TRASH = "trashed_at IS NOT NULL"
"""The condition of an index, word for word."""
_OPTIMISE = {"sqlite": "PRAGMA optimize", "postgresql": "ANALYZE"}


@dataclass(frozen=True, slots=True)
class Trashed:
    """An image in the trash and its blobs."""

    id: str
    blobs: tuple[str, ...]


async def trashed(tx: Transaction, before: int, *, limit: int = 200) -> tuple[Trashed, ...]:
    """Images that were put into the trash before a moment; reported ones wait for their moderators."""
    query = (
        select(images.c.id, images.c.blob, images.c.thumbnail)
        .where(text(IN_TRASH), images.c.trashed_at < before, images.c.reported_at.is_(None))
        .order_by(images.c.trashed_at)
        .limit(limit)
    )
    return tuple(Trashed(id_, tuple(key for key in keys if key)) for id_, *keys in await tx.execute(query))


async def purge(tx: Transaction, ids: Sequence[str]) -> None:
    """Delete images, and the generations that have none left; ledger amounts stay."""
    of = select(images.c.generation_id).where(images.c.id.in_(ids)).distinct()
    touched = tuple(await tx.scalars(of))
    for table in (votes, attempts):
        await tx.execute(delete(table).where(table.c.image_id.in_(ids)))
    await tx.execute(delete(images).where(images.c.id.in_(ids)))
    left = exists().where(images.c.generation_id == generations.c.id)
    empty = tuple(await tx.scalars(select(generations.c.id).where(generations.c.id.in_(touched), ~left)))
    await search.drop(tx, empty)
    for table in (generation_references, messages):
        await tx.execute(delete(table).where(table.c.generation_id.in_(empty)))
    await tx.execute(delete(generations).where(generations.c.id.in_(empty)))


async def prune(tx: Transaction, before: int) -> int:
    """Delete answered and expired drafts, handled events, strikes, and ended sessions and invitations of the web chat
    older than a moment; returns how many."""
    ended = (
        (drafts, or_(drafts.c.expires_at < before, drafts.c.settled_at < before)),
        (events, events.c.seen_at < before),
        (strikes, strikes.c.struck_at < before),
        (web_sessions, web_sessions.c.seen_at < before),
        (web_invitations, web_invitations.c.expires_at < before),
    )
    return sum([(await tx.execute(delete(table).where(old))).rowcount for table, old in ended])


async def optimise(tx: Transaction) -> None:
    """Let the database learn how its tables are filled, where they have changed."""
    await tx.execute(text(_OPTIMISE[tx.dialect.name]))
