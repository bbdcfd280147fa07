"""Generations: accepted requests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from storage.db.database import Transaction
from storage.tables.enums import Audience, VoteState
from storage.tables.schema import generation_references, generations


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One accepted request; `price` is the microdollars reserved per image.

    `vote` is None until a vote is opened on it; `voting` holds the vote's rules and outcome: see polls.
    """

    id: str
    event_id: str
    user: str
    workspace: str
    persona: str | None = None
    parent_image: str | None = None
    platform: str
    chat: str
    thread: str | None = None
    audience: Audience
    private: bool = False
    locale: str
    command: str
    prompt: str
    final_prompt: str
    model: str
    aspect: str = "auto"
    size: str = "1K"
    seed: int | None = None
    count: int
    parameters: Mapping[str, str] = field(default_factory=dict)
    template: str | None = None
    quality: str | None = None
    price: int
    created_at: int
    delivered_at: int | None = None
    vote: VoteState | None = None
    voting: Mapping[str, Any] | None = None


class AlreadyAccepted(Exception):
    """The event that asks for this generation was accepted before."""


_FIELDS = {"user_id": "user", "workspace_id": "workspace", "persona_id": "persona",
           "parent_image_id": "parent_image"}  # fmt: skip


async def add(tx: Transaction, generation: Generation, references: Sequence[str]) -> None:
    """Write a generation and the photos it keeps to, in order; raises AlreadyAccepted."""
    values: dict[str, Any] = {
        column.name: getattr(generation, _FIELDS.get(column.name, column.name)) for column in generations.c
    }
    try:
        async with tx.begin_nested():
            await tx.execute(insert(generations).values(values))
    except IntegrityError as exc:
        raise AlreadyAccepted(generation.event_id) from exc
    if references:
        await tx.execute(
            insert(generation_references),
            [
                {"generation_id": generation.id, "position": position, "reference_id": reference}
                for position, reference in enumerate(references)
            ],
        )


_BY_ID = select(generations).where(generations.c.id == bindparam("id"))
_BY_EVENT = select(generations).where(generations.c.event_id == bindparam("event_id"))


async def get(tx: Transaction, id_: str) -> Generation | None:
    row = (await tx.execute(_BY_ID, {"id": id_})).mappings().first()
    return _generation(row) if row else None


async def with_event(tx: Transaction, event_id: str) -> Generation | None:
    """The generation that an event was accepted as, or None."""
    row = (await tx.execute(_BY_EVENT, {"event_id": event_id})).mappings().first()
    return _generation(row) if row else None


async def latest(tx: Transaction, user: str, workspace: str) -> Generation | None:
    """A person's newest generation in a workspace."""
    query = (
        select(generations)
        .where(generations.c.user_id == user, generations.c.workspace_id == workspace)
        .order_by(generations.c.created_at.desc())
        .limit(1)
    )
    row = (await tx.execute(query)).mappings().first()
    return _generation(row) if row else None


async def accepted_since(tx: Transaction, user: str, since: int) -> int:
    """How many requests of a person were accepted since a moment."""
    query = (
        select(func.count())
        .select_from(generations)
        .where(generations.c.user_id == user, generations.c.created_at >= since)
    )
    return await tx.scalar(query) or 0


async def undelivered(tx: Transaction, platforms: Sequence[str], since: int) -> tuple[str, ...]:
    """The ids of generations of these platforms, accepted since a moment, whose result was not shown yet."""
    query = (
        select(generations.c.id)
        .where(text("delivered_at IS NULL"))
        .where(generations.c.platform.in_(platforms), generations.c.created_at >= since)
        .order_by(generations.c.id)
    )
    return tuple(await tx.scalars(query))


async def delivered(tx: Transaction, id_: str, now: int) -> bool:
    """Note that a generation's result stands; False when the generation is gone."""
    changed = await tx.execute(update(generations).where(generations.c.id == id_).values(delivered_at=now))
    return bool(changed.rowcount)


async def reopen(tx: Transaction, id_: str) -> None:
    """Let a generation be delivered again."""
    await tx.execute(update(generations).where(generations.c.id == id_).values(delivered_at=None))


def _generation(row: Mapping[Any, Any]) -> Generation:
    return Generation(**{_FIELDS.get(name, name): value for name, value in row.items()})


async def publish(tx: Transaction, id_: str) -> None:
    """Let everybody of its place see a generation."""
    await tx.execute(update(generations).where(generations.c.id == id_).values(private=False))
