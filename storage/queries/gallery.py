"""Galleries: finished images of one owner, newest first, paged by keyset."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import ColumnElement, TextClause, func, select, text

from storage.db.database import Transaction
from storage.queries.search import matching
from storage.tables.enums import Verdict
from storage.tables.images import Image, image_from
from storage.tables.schema import IN_GALLERY, IN_WORKSPACE_GALLERY, images

Condition: TypeAlias = ColumnElement[bool] | TextClause


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Whose images (one of user, workspace) and which of them; `since` in Unix milliseconds."""

    user: str | None = None
    workspace: str | None = None
    persona: str | None = None
    verdict: Verdict | None = None
    best: bool = False
    model: str | None = None
    text: str | None = None
    since: int | None = None


async def page(tx: Transaction, wanted: Filter, *, before: str | None = None, limit: int = 8) -> tuple[Image, ...]:
    """Up to `limit` images older than the image `before`, newest first."""
    query = select(images).where(*_conditions(tx, wanted)).order_by(images.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(images.c.id < before)
    return tuple(image_from(row) for row in (await tx.execute(query)).mappings())


async def newer(tx: Transaction, wanted: Filter, *, after: str, limit: int = 8) -> tuple[Image, ...]:
    """Up to `limit` images next newer than the image `after`, newest first."""
    query = select(images).where(*_conditions(tx, wanted), images.c.id > after).order_by(images.c.id).limit(limit)
    return tuple(image_from(row) for row in (await tx.execute(query)).mappings())[::-1]


async def count(tx: Transaction, wanted: Filter, *, most: int = 1000) -> int:
    """How many images match, counted up to `most`."""
    some = select(images.c.id).where(*_conditions(tx, wanted)).limit(most).subquery()
    return await tx.scalar(select(func.count()).select_from(some)) or 0


def _conditions(tx: Transaction, wanted: Filter) -> list[Condition]:
    conditions = [*_whose(wanted), *_which(wanted)]
    if wanted.text and (words := matching(tx, wanted.text)) is not None:
        conditions.append(words)
    return conditions


def _whose(wanted: Filter) -> Iterator[Condition]:
    yield text(IN_GALLERY if wanted.workspace is None else IN_WORKSPACE_GALLERY)
    for column, owner in ((images.c.user_id, wanted.user), (images.c.workspace_id, wanted.workspace)):
        if owner is not None and wanted.persona is None:
            yield column == owner
        elif owner is not None:
            # A persona's index is the narrowest; put this way, no database takes an owner's in its place.
            yield column.concat("") == owner
    if wanted.persona is not None:
        yield images.c.persona_id == wanted.persona


def _which(wanted: Filter) -> Iterator[Condition]:
    if wanted.verdict:
        yield images.c.verdict == wanted.verdict
    if wanted.best:
        yield images.c.best.is_(True)
    if wanted.model is not None:
        yield images.c.model == wanted.model
    if wanted.since is not None:
        yield images.c.created_at >= wanted.since
