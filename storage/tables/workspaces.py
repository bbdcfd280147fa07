"""Workspaces: the places where people share things."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.tables.enums import Audience, WorkspaceRole
from storage.tables.schema import roles, workspaces


@dataclass(frozen=True, slots=True)
class Workspace:
    """A server, a group or a private chat."""

    id: str
    platform: str
    chat: str
    audience: Audience


_COLUMNS = (workspaces.c.id, workspaces.c.platform, workspaces.c.chat, workspaces.c.audience)


async def find(tx: Transaction, platform: str, chat: str) -> Workspace | None:
    row = (
        await tx.execute(select(*_COLUMNS).where(workspaces.c.platform == platform, workspaces.c.chat == chat))
    ).first()
    return Workspace(*row) if row else None


async def find_or_add(tx: Transaction, platform: str, chat: str, audience: Audience, now: int) -> Workspace:
    """The workspace of a chat, made the first time something is said there."""
    if workspace := await find(tx, platform, chat):
        return workspace
    workspace = Workspace(new_id(), platform, chat, Audience(audience))
    await tx.execute(
        insert(workspaces).values(id=workspace.id, platform=platform, chat=chat, audience=audience, created_at=now)
    )
    return workspace


async def join(tx: Transaction, workspace: str, user: str) -> None:
    """Remember that somebody was met in a workspace."""
    if await role(tx, workspace, user) is None:
        await tx.execute(insert(roles).values(workspace_id=workspace, user_id=user, role=WorkspaceRole.MEMBER))


async def appoint(tx: Transaction, workspace: str, user: str, role: WorkspaceRole) -> None:
    """Give somebody who was met in a workspace a role there."""
    here = (roles.c.workspace_id == workspace, roles.c.user_id == user)
    await tx.execute(update(roles).where(*here).values(role=role))


async def leave(tx: Transaction, platform: str, chat: str, user: str) -> None:
    """Delete the membership of a person in the workspace of a chat."""
    here = select(workspaces.c.id).where(workspaces.c.platform == platform, workspaces.c.chat == chat)
    await tx.execute(delete(roles).where(roles.c.user_id == user, roles.c.workspace_id.in_(here)))


async def role(tx: Transaction, workspace: str, user: str) -> WorkspaceRole | None:
    """The role of a person in a workspace, or None before they were met there."""
    found: WorkspaceRole | None = await tx.scalar(
        select(roles.c.role).where(roles.c.workspace_id == workspace, roles.c.user_id == user)
    )
    return found


async def private_chats(tx: Transaction, user: str) -> tuple[Workspace, ...]:
    """The private chats in which somebody was met, the latest first."""
    query = (
        select(*_COLUMNS)
        .join(roles, roles.c.workspace_id == workspaces.c.id)
        .where(roles.c.user_id == user, workspaces.c.audience == Audience.PRIVATE)
        .order_by(workspaces.c.id.desc())
    )
    return tuple(Workspace(*row) for row in await tx.execute(query))


async def get(tx: Transaction, id_: str) -> Workspace | None:
    row = (await tx.execute(select(*_COLUMNS).where(workspaces.c.id == id_))).first()
    return Workspace(*row) if row else None


async def moderators(tx: Transaction, workspace: str) -> tuple[str, ...]:
    """The ids of those who look after a workspace."""
    here = (roles.c.workspace_id == workspace, roles.c.role == WorkspaceRole.MODERATOR)
    return tuple(await tx.scalars(select(roles.c.user_id).where(*here)))


async def members(tx: Transaction, workspace: str) -> tuple[str, ...]:
    """The ids of all who were met in a workspace."""
    return tuple(await tx.scalars(select(roles.c.user_id).where(roles.c.workspace_id == workspace)))
