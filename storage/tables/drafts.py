"""Drafts: questions and dialogues that wait for a person and survive a restart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from sqlalchemy import insert, select, update

from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.tables.enums import Audience
from storage.tables.schema import drafts, workspaces

D = TypeVar("D")
Json: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDraft:
    """Whose a new draft is and how long it waits.

    `event` is the id of the event that began it; `id` is given where it must be one that others know.
    """

    user: str
    workspace: str
    event: str | None = None
    created_at: int
    expires_at: int
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(Generic[D]):
    """What a person began; `settled_at` is when it was answered."""

    id: str
    user: str
    workspace: str
    kind: str
    data: D
    event: str | None
    expires_at: int
    settled_at: int | None


_FIELDS = {"user_id": "user", "workspace_id": "workspace", "event_id": "event"}
_COLUMNS = tuple(
    drafts.c[name].label(_FIELDS.get(name, name))
    for name in ("id", "user_id", "workspace_id", "kind", "data", "event_id", "expires_at", "settled_at")
)


async def add(tx: Transaction, new: NewDraft, kind: str, data: Json) -> Draft[Json]:
    """Write a draft of a kind with plain JSON data."""
    id_ = new.id or new_id()
    await tx.execute(
        insert(drafts).values(
            id=id_, user_id=new.user, workspace_id=new.workspace, kind=kind, data=dict(data),
            event_id=new.event, created_at=new.created_at, expires_at=new.expires_at,
        )
    )  # fmt: skip
    return Draft(
        id=id_, user=new.user, workspace=new.workspace, kind=kind, data=data, event=new.event,
        expires_at=new.expires_at, settled_at=None,
    )  # fmt: skip


async def get(tx: Transaction, id_: str) -> Draft[Json] | None:
    row = (await tx.execute(select(*_COLUMNS).where(drafts.c.id == id_))).mappings().first()
    return Draft(**row) if row else None


async def settle(tx: Transaction, id_: str, now: int) -> bool:
    """Mark a draft as answered; False when it already was."""
    changed = await tx.execute(
        update(drafts).where(drafts.c.id == id_, drafts.c.settled_at.is_(None)).values(settled_at=now)
    )
    return bool(changed.rowcount)


async def settle_all(tx: Transaction, user: str, kind: str, now: int) -> None:
    """Mark all of a person's drafts of a kind that still wait as answered."""
    waiting = (drafts.c.user_id == user, drafts.c.kind == kind, drafts.c.settled_at.is_(None))
    await tx.execute(update(drafts).where(*waiting).values(settled_at=now))


async def latest(tx: Transaction, user: str, workspace: str, kind: str, now: int) -> Draft[Json] | None:
    """A person's newest draft of a kind in a workspace that still waits, or None."""
    query = (
        select(*_COLUMNS)
        .where(drafts.c.user_id == user, drafts.c.workspace_id == workspace, drafts.c.kind == kind)
        .where(drafts.c.settled_at.is_(None), drafts.c.expires_at > now)
        .order_by(drafts.c.id.desc())
        .limit(1)
    )
    row = (await tx.execute(query)).mappings().first()
    return Draft(**row) if row else None


async def latest_in_groups(tx: Transaction, user: str, kind: str, now: int) -> Draft[Json] | None:
    """A person's newest draft of a kind that was begun in a group and still waits, or None."""
    query = (
        select(*_COLUMNS)
        .join(workspaces)
        .where(drafts.c.user_id == user, drafts.c.kind == kind, workspaces.c.audience == Audience.GROUP)
        .where(drafts.c.settled_at.is_(None), drafts.c.expires_at > now)
        .order_by(drafts.c.id.desc())
        .limit(1)
    )
    row = (await tx.execute(query)).mappings().first()
    return Draft(**row) if row else None


async def change(tx: Transaction, id_: str, data: Json, *, expires_at: int | None = None) -> None:
    """Put other data into a draft, and let it live longer where a moment is given."""
    values = {"data": dict(data)} | ({} if expires_at is None else {"expires_at": expires_at})
    await tx.execute(update(drafts).where(drafts.c.id == id_).values(values))
