"""Votes: one per user and image."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select, text

from storage.db.database import Transaction
from storage.tables.enums import Choice
from storage.tables.schema import votes

_PUT = text(
    "INSERT INTO votes (image_id, user_id, choice, best, cast_at) VALUES (:image, :user, :choice, :best, :now) "
    "ON CONFLICT (image_id, user_id) DO UPDATE "
    "SET choice = excluded.choice, best = excluded.best, cast_at = excluded.cast_at"
)


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's vote on an image; `best` stars a kept one."""

    image: str
    user: str
    choice: Choice
    best: bool


async def of_images(tx: Transaction, images: Sequence[str]) -> tuple[Vote, ...]:
    """All votes on these images."""
    query = select(votes.c.image_id, votes.c.user_id, votes.c.choice, votes.c.best).where(votes.c.image_id.in_(images))
    return tuple(Vote(*row) for row in await tx.execute(query))


async def put(tx: Transaction, vote: Vote, now: int) -> None:
    """Cast a vote, in place of that person's earlier one on the image."""
    await tx.execute(_PUT, {**asdict(vote), "now": now})


async def remove(tx: Transaction, image: str, user: str) -> None:
    """Take a vote away; silent when there is none."""
    await tx.execute(delete(votes).where(votes.c.image_id == image, votes.c.user_id == user))
