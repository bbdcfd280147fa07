"""Reference photos: what pictures keep to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, bindparam, func, insert, select, true, update

from storage.db.database import Transaction
from storage.tables.schema import generation_references, images, reference_photos

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferencePhoto:
    """A stored photo with a role; without a persona it is a one-off that `expires_at` some time.

    `faces` are boxes (x, y, width, height) in pixels.
    """

    id: str
    owner: str
    persona: str | None
    role: str
    blob: str
    thumbnail: str
    media_type: str
    width: int
    height: int
    sha256: str
    phash: str
    faces: tuple[Box, ...]
    created_at: int
    expires_at: int | None


_FIELDS = {"owner_id": "owner", "persona_id": "persona"}
_COLUMNS = tuple(column for column in reference_photos.c if column.name != "deleted_at")


async def add(tx: Transaction, photo: ReferencePhoto) -> None:
    values = {column.name: getattr(photo, _FIELDS.get(column.name, column.name)) for column in _COLUMNS}
    await tx.execute(insert(reference_photos).values({**values, "faces": [list(box) for box in photo.faces]}))


async def get(tx: Transaction, ids: Sequence[str]) -> tuple[ReferencePhoto, ...]:
    """The photos of these ids in their order; deleted ones are left out."""
    query = select(*_COLUMNS).where(reference_photos.c.id.in_(ids), reference_photos.c.deleted_at.is_(None))
    found = {row["id"]: _photo(row) for row in (await tx.execute(query)).mappings()}
    return tuple(found[id_] for id_ in ids if id_ in found)


async def of_persona(tx: Transaction, persona: str) -> tuple[ReferencePhoto, ...]:
    """A persona's photos, oldest first."""
    query = (
        select(*_COLUMNS)
        .where(reference_photos.c.persona_id == persona, reference_photos.c.deleted_at.is_(None))
        .order_by(reference_photos.c.id)
    )
    return tuple(_photo(row) for row in (await tx.execute(query)).mappings())


async def count_of(tx: Transaction, owner: str) -> int:
    """How many photos a person ever sent, deleted ones included."""
    query = select(func.count()).select_from(reference_photos).where(reference_photos.c.owner_id == owner)
    return await tx.scalar(query) or 0


async def move(tx: Transaction, ids: Sequence[str], persona: str, role: str | None) -> None:
    """Give one-off photos to a persona: they no longer expire."""
    values = {"persona_id": persona, "expires_at": None} | ({"role": role} if role else {})
    await tx.execute(update(reference_photos).where(reference_photos.c.id.in_(ids)).values(values))


async def hand_over(tx: Transaction, ids: Sequence[str], owner: str) -> None:
    """Let one-off photos be somebody else's."""
    one_off = (reference_photos.c.id.in_(ids), reference_photos.c.persona_id.is_(None))
    await tx.execute(update(reference_photos).where(*one_off).values(owner_id=owner))


async def keep_until(tx: Transaction, ids: Sequence[str], expires_at: int) -> None:
    """Set when one-off photos go; photos of personas stay."""
    await tx.execute(
        update(reference_photos)
        .where(reference_photos.c.id.in_(ids), reference_photos.c.persona_id.is_(None))
        .values(expires_at=expires_at)
    )


async def delete(tx: Transaction, ids: Sequence[str], now: int) -> None:
    """Mark photos as deleted; their bytes go when nobody else uses them (see `unused_blobs`)."""
    await tx.execute(update(reference_photos).where(reference_photos.c.id.in_(ids)).values(deleted_at=now))


async def expired(tx: Transaction, now: int, *, limit: int = 200) -> tuple[ReferencePhoto, ...]:
    """One-off photos whose time is over."""
    query = (
        select(*_COLUMNS)
        .where(reference_photos.c.expires_at <= now, reference_photos.c.deleted_at.is_(None))
        .limit(limit)
    )
    return tuple(_photo(row) for row in (await tx.execute(query)).mappings())


async def unused_blobs(tx: Transaction, keys: Sequence[str]) -> tuple[str, ...]:
    """Those of these blob keys that no living photo and no image names."""
    used: set[str] = set()
    for table, living in ((reference_photos, reference_photos.c.deleted_at.is_(None)), (images, true())):
        for column in (table.c.blob, table.c.thumbnail):
            used.update(await tx.scalars(select(column).where(column.in_(keys), living)))
    return tuple(key for key in keys if key not in used)


_ALL_OF_GENERATION = (
    select(*_COLUMNS)
    .join(generation_references, generation_references.c.reference_id == reference_photos.c.id)
    .where(generation_references.c.generation_id == bindparam("generation"))
    .order_by(generation_references.c.position)
)
_OF_GENERATION = _ALL_OF_GENERATION.where(reference_photos.c.deleted_at.is_(None))


async def of_generation(tx: Transaction, generation: str, *, also_deleted: bool = False) -> tuple[ReferencePhoto, ...]:
    """The photos a generation keeps to, in the order the prompt names them; deleted ones are left out or not."""
    rows = await tx.execute(_ALL_OF_GENERATION if also_deleted else _OF_GENERATION, {"generation": generation})
    return tuple(_photo(row) for row in rows.mappings())


def _photo(row: RowMapping) -> ReferencePhoto:
    values: dict[str, Any] = {_FIELDS.get(name, name): value for name, value in row.items()}
    return ReferencePhoto(**{**values, "faces": tuple((x, y, w, h) for x, y, w, h in row["faces"])})
