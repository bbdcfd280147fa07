"""Galleries: finished images of one owner, newest first, paged by keyset."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from storage.db import Transaction
from storage.images import Image, image_from
from storage.schema import images
from storage.search import matching


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Whose images (one of user, workspace) and which of them; `since` in Unix milliseconds."""

    user: str | None = None
    workspace: str | None = None
    persona: str | None = None
    verdict: str | None = None
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


def _conditions(tx: Transaction, wanted: Filter) -> list[ColumnElement[bool]]:
    column = images.c
    conditions: list[ColumnElement[bool]] = [column.status == "done", column.trashed_at.is_(None)]
    equal = {
        column.user_id: wanted.user,
        column.workspace_id: wanted.workspace,
        column.persona_id: wanted.persona,
        column.model: wanted.model,
    }
    conditions += [key == value for key, value in equal.items() if value is not None]
    if wanted.workspace is not None:
        conditions.append(~column.private)
    if wanted.verdict == "best":
        conditions += [column.verdict == "kept", column.best.is_(True)]
    elif wanted.verdict:
        conditions.append(column.verdict == wanted.verdict)
    if wanted.since is not None:
        conditions.append(column.created_at >= wanted.since)
    if wanted.text and (words := matching(tx, wanted.text)) is not None:
        conditions.append(words)
    return conditions
