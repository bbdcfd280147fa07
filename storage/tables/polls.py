"""Votes that were opened on a generation: the rules they were opened with, and what came of them.

A vote is open, then closed, then told: whoever closes it writes its outcome in the same transaction, and it is told
once its closing message stands in the chat.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import exists, select, text, update

from storage.db.database import Transaction
from storage.tables.enums import Purpose, VoteState
from storage.tables.schema import IN_WORKSPACE_GALLERY, UNTOLD_VOTE, generations, images, messages

RECENT = 200
"""Pictures of a workspace among which the newest result of a thread is looked for."""


async def start(tx: Transaction, generation: str, voting: Mapping[str, Any]) -> bool:
    """Open a vote with its rules as plain JSON; False when the generation had one before."""
    query = (
        update(generations)
        .where(generations.c.id == generation, generations.c.vote.is_(None))
        .values(vote=VoteState.OPEN, voting=dict(voting))
    )
    return bool((await tx.execute(query)).rowcount)


async def close(tx: Transaction, generation: str, voting: Mapping[str, Any]) -> bool:
    """Close an open vote and write what came of it; False when it was not open."""
    query = (
        update(generations)
        .where(generations.c.id == generation, generations.c.vote == VoteState.OPEN)
        .values(vote=VoteState.CLOSED, voting=dict(voting))
    )
    return bool((await tx.execute(query)).rowcount)


async def told(tx: Transaction, generation: str) -> None:
    """Remember that a closed vote was told in its chat."""
    query = update(generations).where(generations.c.id == generation, generations.c.vote == VoteState.CLOSED)
    await tx.execute(query.values(vote=VoteState.TOLD))


async def open_in(tx: Transaction, workspace: str, thread: str | None) -> tuple[str, ...]:
    """The generations of a workspace's thread on which a vote is open, newest first."""
    query = (
        select(generations.c.id)
        .where(
            text(UNTOLD_VOTE),
            generations.c.workspace_id == workspace,
            generations.c.thread.is_not_distinct_from(thread),
        )
        .where(generations.c.vote == VoteState.OPEN)
        .order_by(generations.c.id.desc())
    )
    return tuple(await tx.scalars(query))


async def untold(tx: Transaction) -> tuple[str, ...]:
    """All generations whose vote is open, or closed and not told yet, oldest first."""
    # Sorted here: asked to sort, SQLite reads all generations in order instead of the index of these few.
    return tuple(sorted(await tx.scalars(select(generations.c.id).where(text(UNTOLD_VOTE)))))


async def newest_result(tx: Transaction, workspace: str, thread: str | None) -> str | None:
    """The newest generation whose result stands in a workspace's thread for everybody, or None."""
    shown = (
        select(images.c.generation_id, images.c.id)
        .where(text(IN_WORKSPACE_GALLERY), images.c.workspace_id == workspace)
        .order_by(images.c.id.desc())
        .limit(RECENT)
        .subquery()
    )
    result = exists().where(messages.c.generation_id == generations.c.id, messages.c.purpose == Purpose.RESULT)
    query = (
        select(generations.c.id)
        .join(shown, shown.c.generation_id == generations.c.id)
        .where(generations.c.thread.is_not_distinct_from(thread), result)
        .order_by(generations.c.id.desc())
        .limit(1)
    )
    found: str | None = await tx.scalar(query)
    return found
