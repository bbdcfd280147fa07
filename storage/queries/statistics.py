"""What operators want to know: ends of pictures, who spent what, and calls whose outcome is not known."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, exists, func, select, text

from storage.db.database import Transaction
from storage.tables.attempts import DONE, UNKNOWN_OUTCOME
from storage.tables.enums import Status, Verdict
from storage.tables.schema import IN_GALLERY, attempts, images, personas, users


@dataclass(frozen=True, slots=True)
class Spender:
    """A person with their finished pictures and the microdollars they paid for them."""

    name: str
    pictures: int
    spent: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """A paid call whose answer was lost: our id, who was asked, and the provider's id where it had told one."""

    id: str
    provider: str
    model: str
    external_id: str | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """A failure that the operator must see to: who was asked for what, its error code and the provider's words."""

    provider: str
    model: str
    outcome: str
    detail: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """How many pictures somebody has in their gallery, and what was decided about them."""

    total: int
    kept: int
    best: int
    rejected: int


async def shelf(tx: Transaction, user: str) -> Shelf:
    """A person's own gallery in numbers."""
    kept, best, rejected = (
        func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
        for condition in (
            images.c.verdict == Verdict.KEPT,
            images.c.best.is_(True),
            images.c.verdict == Verdict.REJECTED,
        )
    )
    query = select(func.count(), kept, best, rejected).where(images.c.user_id == user, text(IN_GALLERY))
    return Shelf(*(int(value) for value in (await tx.execute(query)).one()))


async def by_persona(tx: Transaction, user: str, *, limit: int) -> tuple[tuple[str, int], ...]:
    """The personas most of a person's pictures show, with how many."""
    query = (
        select(personas.c.name, func.count())
        .join(images, images.c.persona_id == personas.c.id)
        .where(images.c.user_id == user, text(IN_GALLERY))
        .group_by(personas.c.id, personas.c.name)
        .order_by(func.count().desc(), personas.c.name)
        .limit(limit)
    )
    return tuple((name, int(count)) for name, count in await tx.execute(query))


async def ends(tx: Transaction, since: int) -> dict[Status, int]:
    """How many images came to which end since a moment, by status."""
    query = (
        select(images.c.status, func.count())
        .where(images.c.created_at >= since, images.c.finished_at.is_not(None))
        .group_by(images.c.status)
    )
    return {row[0]: int(row[1]) for row in await tx.execute(query)}


async def spenders(tx: Transaction, since: int, *, limit: int) -> tuple[Spender, ...]:
    """The people who were given most pictures since a moment, the dearest first."""
    spent = func.coalesce(func.sum(images.c.cost), 0)
    query = (
        select(users.c.name, func.count(), spent)
        .join(images, images.c.user_id == users.c.id)
        .where(images.c.created_at >= since, images.c.status == Status.DONE)
        .group_by(users.c.id, users.c.name)
        .order_by(spent.desc(), func.count().desc(), users.c.id)
        .limit(limit)
    )
    return tuple(Spender(name, int(count), int(sum_)) for name, count, sum_ in await tx.execute(query))


async def troubles(tx: Transaction, outcomes: Sequence[str], since: int) -> tuple[Trouble, ...]:
    """The newest failure with one of these outcomes of each model that has drawn nothing after it, by model."""
    later = attempts.alias()
    drawn_since = exists().where(
        later.c.model == attempts.c.model, later.c.outcome == DONE, later.c.finished_at > attempts.c.finished_at
    )
    query = (
        select(attempts.c.provider, attempts.c.model, attempts.c.outcome, attempts.c.detail)
        .where(attempts.c.outcome.in_(outcomes), attempts.c.finished_at >= since, ~drawn_since)
        .order_by(attempts.c.finished_at)
    )
    rows = (await tx.execute(query)).all()
    newest = {row.model: Trouble(row.provider, row.model, row.outcome, row.detail or "") for row in rows}
    return tuple(newest[model] for model in sorted(newest))


async def unknown(tx: Transaction, since: int, *, limit: int) -> tuple[Unknown, ...]:
    """Calls of unknown outcome since a moment, newest first."""
    query = (
        select(attempts.c.id, attempts.c.provider, attempts.c.model, attempts.c.external_id)
        .where(attempts.c.outcome == UNKNOWN_OUTCOME, attempts.c.started_at >= since)
        .order_by(attempts.c.id.desc())
        .limit(limit)
    )
    return tuple(Unknown(*row) for row in await tx.execute(query))
