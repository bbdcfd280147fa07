"""How a generation stands: what following it needs at every look, read at once."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from storage.db.database import Transaction
from storage.tables.enums import Status
from storage.tables.posted_messages import Posted
from storage.tables.schema import generations, images, messages


@dataclass(frozen=True, slots=True)
class DeliveryState:
    """The platform it came from, whether its result was shown, its images' statuses, and the messages that show it."""

    platform: str
    delivered: bool
    statuses: tuple[Status, ...]
    posted: tuple[Posted, ...]


_BY_ID = (
    select(
        generations.c.platform.label("origin"),
        generations.c.delivered_at,
        images.c.number,
        images.c.status,
        messages.c.platform,
        messages.c.chat,
        messages.c.message_id,
        messages.c.purpose,
    )
    .outerjoin(images, images.c.generation_id == generations.c.id)
    .outerjoin(messages, messages.c.generation_id == generations.c.id)
    .where(generations.c.id == bindparam("id"))
    .order_by(messages.c.posted_at, images.c.number)
)


async def of(tx: Transaction, generation: str) -> DeliveryState | None:
    """How a generation stands, its messages oldest first; None when it is gone."""
    rows = (await tx.execute(_BY_ID, {"id": generation})).all()
    if not rows:
        return None
    statuses = {row.number: row.status for row in rows if row.number is not None}
    posted = [Posted(row.platform, row.chat, row.message_id, generation, row.purpose) for row in rows if row.message_id]
    return DeliveryState(rows[0].origin, rows[0].delivered_at is not None, tuple(statuses.values()), _unique(posted))


def _unique(posted: list[Posted]) -> tuple[Posted, ...]:
    """Each once: they come with every image."""
    return tuple(dict.fromkeys(posted))
