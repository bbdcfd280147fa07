"""Personas: characters that are kept alike."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy import delete as delete_
from sqlalchemy.exc import IntegrityError

from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.tables.enums import PersonaKind
from storage.tables.schema import persona_shares, personas

_FIELDS = {"depicts": "depicts_id"}


@dataclass(frozen=True, slots=True)
class Persona:
    """A character.

    `marks` are distinctive ones in words, `traits` ids of the catalogue, `depicts` the user whose likeness it is.
    """

    id: str
    owner: str
    name: str
    kind: PersonaKind
    description: str
    created_at: int
    marks: str = ""
    traits: tuple[str, ...] = ()
    depicts: str | None = None


@dataclass(frozen=True, slots=True)
class NewPersona:
    """What somebody says of a persona that is to be made."""

    name: str
    kind: PersonaKind
    description: str = ""


class NameTaken(Exception):
    """The owner already has a persona of that name."""


_COLUMNS = tuple(
    personas.c[name]
    for name in ("id", "owner_id", "name", "kind", "description", "created_at", "marks", "traits", "depicts_id")
)


def name_key(name: str) -> str:
    """The form in which two spellings of one name are equal: the Unicode Standard's compatibility caseless match."""
    return _folded(_folded(unicodedata.normalize("NFD", name))).strip()


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKD", name.casefold())


async def add(tx: Transaction, owner: str, workspace: str, new: NewPersona, now: int) -> Persona:
    """Write a new persona; raises NameTaken."""
    id_ = new_id()
    try:
        async with tx.begin_nested():
            await tx.execute(
                insert(personas).values(
                    id=id_, owner_id=owner, workspace_id=workspace, name=new.name,
                    name_key=name_key(new.name), kind=new.kind, description=new.description, created_at=now,
                )
            )  # fmt: skip
    except IntegrityError as exc:
        raise NameTaken(new.name) from exc
    return Persona(id_, owner, new.name, new.kind, new.description, now)


async def find(tx: Transaction, owner: str, name: str) -> Persona | None:
    """The owner's persona of that name, however it is capitalised."""
    query = _living(owner).where(personas.c.name_key == name_key(name))
    return _persona((await tx.execute(query)).first())


async def get(tx: Transaction, id_: str) -> Persona | None:
    """A persona by id, deleted ones left out."""
    query = select(*_COLUMNS).where(personas.c.id == id_, personas.c.deleted_at.is_(None))
    return _persona((await tx.execute(query)).first())


async def owned(tx: Transaction, owner: str, *, limit: int = 100) -> tuple[Persona, ...]:
    """The owner's personas by name."""
    rows = await tx.execute(_living(owner).order_by(personas.c.name_key).limit(limit))
    return tuple(_known(row) for row in rows)


async def shared(tx: Transaction, workspace: str) -> tuple[Persona, ...]:
    """The personas whose owners share them in a workspace, by name."""
    query = (
        select(*_COLUMNS)
        .join(persona_shares, persona_shares.c.persona_id == personas.c.id)
        .where(persona_shares.c.workspace_id == workspace, personas.c.deleted_at.is_(None))
        .order_by(personas.c.name_key, personas.c.id)
    )
    return tuple(_known(row) for row in await tx.execute(query))


async def is_shared(tx: Transaction, id_: str, workspace: str) -> bool:
    """Whether a persona is shared in a workspace."""
    here = (persona_shares.c.persona_id == id_, persona_shares.c.workspace_id == workspace)
    return await tx.scalar(select(persona_shares.c.shared_at).where(*here)) is not None


async def share(tx: Transaction, id_: str, workspace: str, now: int | None) -> None:
    """Share a persona in a workspace since a moment, or no longer with None."""
    here = (persona_shares.c.persona_id == id_, persona_shares.c.workspace_id == workspace)
    await tx.execute(delete_(persona_shares).where(*here))
    if now is not None:
        await tx.execute(insert(persona_shares).values(persona_id=id_, workspace_id=workspace, shared_at=now))


async def depicting(tx: Transaction, user: str) -> tuple[Persona, ...]:
    """The personas that are somebody's likeness, whoever they belong to."""
    query = select(*_COLUMNS).where(personas.c.depicts_id == user, personas.c.deleted_at.is_(None))
    return tuple(_known(row) for row in await tx.execute(query.order_by(personas.c.id)))


async def change(tx: Transaction, id_: str, **facts: Any) -> None:
    """Set name, description, marks, traits or depicts of a persona; raises NameTaken."""
    values = {_FIELDS.get(name, name): value for name, value in facts.items()}
    if "name" in facts:
        values["name_key"] = name_key(facts["name"])
    try:
        async with tx.begin_nested():
            await tx.execute(update(personas).where(personas.c.id == id_).values(values))
    except IntegrityError as exc:
        raise NameTaken(str(facts.get("name"))) from exc


async def delete(tx: Transaction, id_: str, now: int) -> None:
    """Mark a persona as deleted; its name is free again."""
    await tx.execute(update(personas).where(personas.c.id == id_).values(deleted_at=now))


def _living(owner: str) -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).where(personas.c.owner_id == owner, personas.c.deleted_at.is_(None))


def _persona(row: Row[*tuple[Any, ...]] | None) -> Persona | None:
    return _known(row) if row else None


def _known(row: Row[*tuple[Any, ...]]) -> Persona:
    id_, owner, name, kind, description, created_at, marks, traits, depicts = row
    return Persona(id_, owner, name, kind, description, created_at, marks, tuple(traits), depicts)
