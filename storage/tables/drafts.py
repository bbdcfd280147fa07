"""Drafts: questions and dialogues that wait for a person and survive a restart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select, update

from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.tables.schema import drafts, workspaces


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person began; `data` is plain JSON; settled once it was answered."""

    id: str
    user: str
    workspace: str
    kind: str
    data: Mapping[str, Any]
    expires_at: int
    settled_at: int | None


_COLUMNS = tuple(
    drafts.c[name] for name in ("id", "user_id", "workspace_id", "kind", "data", "expires_at", "settled_at")
)


async def add(
    tx: Transaction, owner: tuple[str, str], kind: str, data: Mapping[str, Any], times: tuple[int, int]
) -> Draft:
    """A new draft of (user, workspace), alive between two moments."""
    (user, workspace), (now, expires_at) = owner, times
    draft = Draft(new_id(), user, workspace, kind, dict(data), expires_at, None)
    await tx.execute(
        insert(drafts).values(
            id=draft.id, user_id=user, workspace_id=workspace, kind=kind, data=dict(data),
            created_at=now, expires_at=expires_at,
        )
    )  # fmt: skip
    return draft


async def get(tx: Transaction, id_: str) -> Draft | None:
    row = (await tx.execute(select(*_COLUMNS).where(drafts.c.id == id_))).first()
    return Draft(*row) if row else None


async def settle(tx: Transaction, id_: str, now: int) -> bool:
    """Mark a draft as answered; False when it already was."""
    changed = await tx.execute(
        update(drafts).where(drafts.c.id == id_, drafts.c.settled_at.is_(None)).values(settled_at=now)
    )
    return bool(changed.rowcount)


async def latest(tx: Transaction, user: str, workspace: str, kind: str, now: int) -> Draft | None:
    """A person's newest draft of a kind in a workspace that still waits, or None."""
    query = (
        select(*_COLUMNS)
        .where(drafts.c.user_id == user, drafts.c.workspace_id == workspace, drafts.c.kind == kind)
        .where(drafts.c.settled_at.is_(None), drafts.c.expires_at > now)
        .order_by(drafts.c.id.desc())
        .limit(1)
    )
    row = (await tx.execute(query)).first()
    return Draft(*row) if row else None


async def latest_in_groups(tx: Transaction, user: str, kind: str, now: int) -> Draft | None:
    """A person's newest draft of a kind that was begun in a group and still waits, or None."""
    query = (
        select(*_COLUMNS)
        .join(workspaces)
        .where(drafts.c.user_id == user, drafts.c.kind == kind, workspaces.c.audience == "group")
        .where(drafts.c.settled_at.is_(None), drafts.c.expires_at > now)
        .order_by(drafts.c.id.desc())
        .limit(1)
    )
    row = (await tx.execute(query)).first()
    return Draft(*row) if row else None


async def change(tx: Transaction, id_: str, data: Mapping[str, Any], *, expires_at: int | None = None) -> None:
    """Put other data into a draft, and let it live longer where a moment is given."""
    values = {"data": dict(data)} | ({} if expires_at is None else {"expires_at": expires_at})
    await tx.execute(update(drafts).where(drafts.c.id == id_).values(values))


async def count_since(tx: Transaction, user: str, kind: str, since: int) -> int:
    """How many drafts of a kind a person began since a moment."""
    query = (
        select(func.count())
        .select_from(drafts)
        .where(drafts.c.user_id == user, drafts.c.kind == kind, drafts.c.created_at >= since)
    )
    return await tx.scalar(query) or 0
