"""Images: the result slots of a generation, the unit of work and of curation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, case, func, insert, select, text, update

from storage.db.database import Transaction
from storage.tables.enums import RETRYABLE, UNFINISHED, Status, Verdict
from storage.tables.schema import UNFINISHED as IS_UNFINISHED
from storage.tables.schema import generations, images

RECENT = 1000
"""Among how many of the newest images a model's last pictures are looked for, so that a long past costs nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """One result slot; `cost` in microdollars; `problem` and `problem_facts` name what went wrong for the person."""

    id: str
    generation: str
    number: int
    user: str
    workspace: str
    persona: str | None = None
    private: bool = False
    thread: str = ""
    """The channel or topic of the workspace where it is posted; "" for the chat itself."""
    model: str
    status: Status = Status.QUEUED
    verdict: Verdict = Verdict.UNDECIDED
    best: bool = False
    blob: str | None = None
    thumbnail: str | None = None
    media_type: str | None = None
    width: int | None = None
    height: int | None = None
    bytes: int | None = None
    sha256: str | None = None
    phash: str | None = None
    note: str | None = None
    seed: int | None = None
    cost: int | None = None
    tokens: int | None = None
    seconds: float | None = None
    problem: str | None = None
    problem_facts: Mapping[str, Any] | None = None
    created_at: int
    finished_at: int | None = None
    trashed_at: int | None = None
    reported_at: int | None = None

    @property
    def finished(self) -> bool:
        return self.status not in UNFINISHED

    @property
    def visible(self) -> bool:
        """Whether it has a picture that is not in the trash."""
        return self.status == Status.DONE and self.trashed_at is None


@dataclass(frozen=True, slots=True)
class Used:
    """Pictures, and the microdollars they cost or may still cost."""

    images: int
    micro: int


_FIELDS = {"generation_id": "generation", "user_id": "user", "workspace_id": "workspace",
           "persona_id": "persona"}  # fmt: skip


async def add(tx: Transaction, new: Sequence[Image]) -> None:
    rows = [
        {column.name: getattr(image, _FIELDS.get(column.name, column.name)) for column in images.c} for image in new
    ]
    await tx.execute(insert(images), rows)


_BY_ID = select(images).where(images.c.id == bindparam("id"))
_OF_GENERATION = select(images).where(images.c.generation_id == bindparam("generation")).order_by(images.c.number)


async def get(tx: Transaction, id_: str) -> Image | None:
    row = (await tx.execute(_BY_ID, {"id": id_})).mappings().first()
    return image_from(row) if row else None


async def of_generation(tx: Transaction, generation: str) -> tuple[Image, ...]:
    """A generation's images by number."""
    rows = await tx.execute(_OF_GENERATION, {"generation": generation})
    return tuple(image_from(row) for row in rows.mappings())


async def unfinished(tx: Transaction, user: str) -> tuple[Image, ...]:
    """A person's images that wait or run, oldest first."""
    query = select(images).where(images.c.user_id == user, text(IS_UNFINISHED)).order_by(images.c.id)
    return tuple(image_from(row) for row in (await tx.execute(query)).mappings())


async def own_before(tx: Transaction, image: Image, models: Sequence[str]) -> int:
    """How many unfinished images of these models the same person has that were accepted before this one."""
    query = (
        select(func.count())
        .select_from(images)
        .where(text(IS_UNFINISHED), images.c.user_id == image.user)
        .where(images.c.id < image.id, images.c.model.in_(models))
    )
    return await tx.scalar(query) or 0


async def waiting(tx: Transaction, models: Sequence[str]) -> dict[str, int]:
    """How many unfinished images of these models each person has."""
    query = (
        select(images.c.user_id, func.count())
        .where(text(IS_UNFINISHED), images.c.model.in_(models))
        .group_by(images.c.user_id)
    )
    return {row.user_id: row[1] for row in await tx.execute(query)}


async def unfinished_before(tx: Transaction, moment: int) -> tuple[str, ...]:
    """The ids of images accepted before a moment that wait or run."""
    query = select(images.c.id).where(text(IS_UNFINISHED), images.c.created_at < moment)
    return tuple(await tx.scalars(query))


async def move(tx: Transaction, id_: str, to: Status, *, now: int, **facts: Any) -> bool:
    """Set the status of an image that is not finished yet; False when it already was."""
    finished = {} if to in UNFINISHED else {"finished_at": now}
    query = (
        update(images).where(images.c.id == id_, images.c.status.in_(UNFINISHED)).values(status=to, **finished, **facts)
    )
    return bool((await tx.execute(query)).rowcount)


async def keep_cancelled(tx: Transaction, id_: str, facts: Mapping[str, Any]) -> bool:
    """Give a cancelled image the picture that was paid for all the same; False when it is not cancelled."""
    query = update(images).where(images.c.id == id_, images.c.status == Status.CANCELLED)
    return bool((await tx.execute(query.values(status=Status.DONE, **facts))).rowcount)


async def judge(tx: Transaction, id_: str, verdict: Verdict, best: bool) -> None:
    await tx.execute(update(images).where(images.c.id == id_).values(verdict=verdict, best=best))


async def trash(tx: Transaction, id_: str, at: int | None) -> None:
    """Put an image into the trash at a moment, or take it out again with None."""
    await tx.execute(update(images).where(images.c.id == id_).values(trashed_at=at))


async def publish(tx: Transaction, generation: str) -> None:
    """Let everybody of their place see a generation's images."""
    await tx.execute(update(images).where(images.c.generation_id == generation).values(private=False))


async def report(tx: Transaction, id_: str, at: int | None) -> None:
    """Hide a reported image at a moment, or show it again with None."""
    await tx.execute(update(images).where(images.c.id == id_).values(trashed_at=at, reported_at=at))


async def erase(tx: Transaction, id_: str) -> None:
    """Let an image name no bytes any more; it stays hidden."""
    await tx.execute(update(images).where(images.c.id == id_).values(blob=None, thumbnail=None))


async def unfinished_of(tx: Transaction, persona: str) -> tuple[Image, ...]:
    """The images of a persona that wait or run, whoever asked for them."""
    query = select(images).where(images.c.persona_id == persona, text(IS_UNFINISHED)).order_by(images.c.id)
    return tuple(image_from(row) for row in (await tx.execute(query)).mappings())


async def typical_seconds(tx: Transaction, model: str, *, sample: int = 20) -> float | None:
    """The median duration of a model's last pictures, or None when it drew none of late."""
    columns = (images.c.id, images.c.model, images.c.status, images.c.seconds)
    recent = select(*columns).order_by(images.c.id.desc()).limit(RECENT).subquery()
    query = (
        select(recent.c.seconds)
        .where(recent.c.model == model, recent.c.status == Status.DONE, recent.c.seconds.is_not(None))
        .order_by(recent.c.id.desc())
        .limit(sample)
    )
    seconds = sorted(value for value in (await tx.scalars(query)) if value is not None)
    return seconds[len(seconds) // 2] if seconds else None


def image_from(row: Mapping[Any, Any]) -> Image:
    """The value of a row of the images table."""
    return Image(**{_FIELDS.get(name, name): value for name, value in row.items()})


async def requeue(tx: Transaction, id_: str) -> bool:
    """Let an image that came to nothing wait again; False when there is nothing to repeat."""
    query = (
        update(images)
        .where(images.c.id == id_, images.c.status.in_(RETRYABLE))
        .values(status=Status.QUEUED, problem=None, problem_facts=None, finished_at=None)
    )
    return bool((await tx.execute(query)).rowcount)


async def redirect(tx: Transaction, id_: str, model: str) -> None:
    """Let another model draw an image that is not finished."""
    query = update(images).where(images.c.id == id_, images.c.status.in_(UNFINISHED))
    await tx.execute(query.values(model=model, status=Status.QUEUED))


async def used_in(tx: Transaction, workspace: str, user: str, since: int) -> Used:
    """What a person asked for in a workspace since a moment: unfinished pictures count at their price."""
    price = case((images.c.status == Status.DONE, images.c.cost), else_=generations.c.price)
    query = (
        select(func.count(), func.coalesce(func.sum(price), 0))
        .select_from(images.join(generations))
        .where(images.c.workspace_id == workspace, images.c.user_id == user, images.c.created_at >= since)
        .where(images.c.status.in_((*UNFINISHED, Status.DONE)))
    )
    count, micro = (await tx.execute(query)).one()
    return Used(int(count), int(micro))


async def refused_since(tx: Transaction, user: str, since: int) -> int:
    """How many of a person's requests providers refused since a moment, in whole or in part."""
    query = (
        select(func.count(images.c.generation_id.distinct()))
        .select_from(images)
        .where(images.c.user_id == user, images.c.status == Status.REFUSED, images.c.finished_at >= since)
    )
    return await tx.scalar(query) or 0
