"""Personas: characters that are kept alike."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.db import Transaction
from storage.ids import new_id
from storage.schema import personas


@dataclass(frozen=True, slots=True)
class Persona:
    """A character; `kind` is real, fictional, illustrated or product."""

    id: str
    owner: str
    name: str
    kind: str
    description: str
    created_at: int


class NameTaken(Exception):
    """The owner already has a persona of that name."""


_COLUMNS = tuple(personas.c[name] for name in ("id", "owner_id", "name", "kind", "description", "created_at"))


def name_key(name: str) -> str:
    """The form in which two spellings of one name are equal: the Unicode Standard's compatibility caseless match."""
    return _folded(_folded(unicodedata.normalize("NFD", name))).strip()


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKD", name.casefold())


async def add(tx: Transaction, owner: str, workspace: str, persona: tuple[str, str, str], now: int) -> Persona:
    """A new persona from (name, kind, description); raises NameTaken."""
    name, kind, description = persona
    id_ = new_id()
    try:
        async with tx.begin_nested():
            await tx.execute(
                insert(personas).values(
                    id=id_, owner_id=owner, workspace_id=workspace, name=name, name_key=name_key(name),
                    kind=kind, description=description, created_at=now,
                )
            )  # fmt: skip
    except IntegrityError as exc:
        raise NameTaken(name) from exc
    return Persona(id_, owner, name, kind, description, now)


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
    return tuple(Persona(*row) for row in rows)


async def delete(tx: Transaction, id_: str, now: int) -> None:
    """Mark a persona as deleted; its name is free again."""
    await tx.execute(update(personas).where(personas.c.id == id_).values(deleted_at=now))


def _living(owner: str) -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).where(personas.c.owner_id == owner, personas.c.deleted_at.is_(None))


def _persona(row: Row[*tuple[Any, ...]] | None) -> Persona | None:
    return Persona(*row) if row else None
