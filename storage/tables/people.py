"""Users and the identities they have on platforms."""

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.tables import pseudonyms
from storage.tables.schema import identities, roles, users


@dataclass(frozen=True, slots=True)
class User:
    """One person."""

    id: str
    name: str


async def find(tx: Transaction, platform: str, platform_id: str) -> User | None:
    """The person behind an identity, or None before their first visit."""
    row = (
        await tx.execute(
            select(users.c.id, users.c.name)
            .join(identities)
            .where(identities.c.platform == platform, identities.c.platform_id == platform_id)
        )
    ).first()
    return User(*row) if row else None


async def get(tx: Transaction, id_: str) -> User | None:
    row = (await tx.execute(select(users.c.id, users.c.name).where(users.c.id == id_))).first()
    return User(*row) if row else None


async def names(tx: Transaction, ids: list[str]) -> dict[str, str]:
    """The names of several people by their id."""
    rows = await tx.execute(select(users.c.id, users.c.name).where(users.c.id.in_(ids)))
    return {row.id: row.name for row in rows}


async def identity(tx: Transaction, user: str, platform: str) -> str | None:
    """The id by which a platform knows somebody, or None if it does not."""
    query = select(identities.c.platform_id).where(identities.c.user_id == user, identities.c.platform == platform)
    found: str | None = await tx.scalar(query.limit(1))
    return found


async def identities_of(tx: Transaction, user: str, platform: str) -> tuple[str, ...]:
    """All ids by which a platform knows somebody."""
    query = select(identities.c.platform_id).where(identities.c.user_id == user, identities.c.platform == platform)
    return tuple(await tx.scalars(query))


async def met_as(tx: Transaction, workspace: str, name: str) -> tuple[User, ...]:
    """The people of a workspace who go by a name, however it is capitalised."""
    query = select(users.c.id, users.c.name).join(roles, roles.c.user_id == users.c.id)
    rows = await tx.execute(query.where(roles.c.workspace_id == workspace))
    return tuple(User(row.id, row.name) for row in rows if row.name.casefold() == name.casefold())


async def find_or_add(tx: Transaction, platform: str, platform_id: str, name: str, now: int) -> User:
    """The person behind an identity, made on their first visit; they take the name they go by now."""
    user = await find(tx, platform, platform_id)
    if user and user.name != name:
        await tx.execute(update(users).where(users.c.id == user.id).values(name=name))
        return User(user.id, name)
    if user:
        return user
    if back := await pseudonyms.returned(tx, platform, platform_id, name):
        return User(back, name)
    user = User(new_id(), name)
    await tx.execute(insert(users).values(id=user.id, name=name, created_at=now))
    await tx.execute(insert(identities).values(platform=platform, platform_id=platform_id, user_id=user.id, name=name))
    return user


async def add_identity(tx: Transaction, user: str, platform: str, platform_id: str, name: str) -> None:
    """Let somebody who is known be known by another identity too."""
    values = {"platform": platform, "platform_id": platform_id, "user_id": user, "name": name}
    await tx.execute(insert(identities).values(**values))
