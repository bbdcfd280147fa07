"""Galleries: finished images of one owner, newest first, paged by keyset."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import ColumnElement, TextClause, bindparam, func, select, text

from storage.db.database import Transaction
from storage.queries.search import matching
from storage.tables.enums import Verdict
from storage.tables.images import Image, image_from
from storage.tables.schema import IN_GALLERY, IN_WORKSPACE_GALLERY, images

Condition: TypeAlias = ColumnElement[bool] | TextClause
_SHOWN = (images.c.workspace_id == bindparam("workspace"), text(IN_WORKSPACE_GALLERY))
_FIRST = select(func.min(images.c.thread).label("thread")).where(*_SHOWN).cte("found", recursive=True)
_NEXT = select(func.min(images.c.thread)).where(*_SHOWN, images.c.thread > _FIRST.c.thread).correlate(_FIRST)
_FOUND = _FIRST.union_all(select(_NEXT.scalar_subquery()).where(_FIRST.c.thread.is_not(None)))
_THREADS = select(_FOUND.c.thread).where(_FOUND.c.thread.is_not(None))
"""A loose index scan: DISTINCT would read every picture of the workspace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Whose images (one of user, workspace) and which of them; `since` in Unix milliseconds.

    Of a workspace only images posted in one of its `threads`, see `threads_of`.
    """

    user: str | None = None
    workspace: str | None = None
    threads: tuple[str, ...] = ("",)
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


async def threads_of(tx: Transaction, workspace: str) -> frozenset[str]:
    """The threads of a workspace in which pictures are posted; one index look-up each, however many pictures."""
    return frozenset(await tx.scalars(_THREADS, {"workspace": workspace}))


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
    if wanted.workspace is not None:
        yield _in_threads(wanted)
    if wanted.persona is not None:
        yield images.c.persona_id == wanted.persona


def _in_threads(wanted: Filter) -> Condition:
    """Posted in one of the threads; one thread has an index, several would have to be sorted when read from it."""
    if len(wanted.threads) == 1 and wanted.verdict is None and wanted.persona is None:
        return images.c.thread == wanted.threads[0]
    return images.c.thread.concat("").in_(wanted.threads)


def _which(wanted: Filter) -> Iterator[Condition]:
    if wanted.verdict:
        yield images.c.verdict == wanted.verdict
    if wanted.best:
        yield images.c.best.is_(True)
    if wanted.model is not None:
        yield images.c.model == wanted.model
    if wanted.since is not None:
        yield images.c.created_at >= wanted.since
