"""Attempts: paid calls. The row written before the call is the intent."""

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from storage.db import Transaction
from storage.ids import new_id
from storage.schema import attempts


@dataclass(frozen=True, slots=True)
class Attempt:
    """One paid call; its id is the call's key.

    `outcome`: open (intended), sent (the call may have gone out), done, or an error code of providers.errors.
    """

    id: str
    image: str
    number: int
    provider: str
    model: str
    external_id: str | None
    outcome: str
    cost: int

    @property
    def going(self) -> bool:
        return self.outcome in ("open", "sent")


_COLUMNS = tuple(
    attempts.c[name] for name in ("id", "image_id", "number", "provider", "model", "external_id", "outcome", "cost")
)


async def begin(tx: Transaction, image: str, provider: str, model: str, now: int) -> Attempt:
    """A new attempt for an image, numbered after its last."""
    number = 1 + len(await of_image(tx, image))
    attempt = Attempt(new_id(), image, number, provider, model, None, "open", 0)
    await tx.execute(
        insert(attempts).values(
            id=attempt.id, image_id=image, number=number, provider=provider, model=model,
            outcome="open", cost=0, started_at=now,
        )
    )  # fmt: skip
    return attempt


async def of_image(tx: Transaction, image: str) -> tuple[Attempt, ...]:
    """An image's attempts, first to last."""
    query = select(*_COLUMNS).where(attempts.c.image_id == image).order_by(attempts.c.number)
    return tuple(Attempt(*row) for row in await tx.execute(query))


async def sent(tx: Transaction, id_: str) -> None:
    """Commit this just before the call: from now on it may have been paid."""
    await tx.execute(update(attempts).where(attempts.c.id == id_).values(outcome="sent"))


async def accepted(tx: Transaction, id_: str, external_id: str | None) -> None:
    """Store the provider's id for the call at once."""
    await tx.execute(update(attempts).where(attempts.c.id == id_).values(external_id=external_id))


async def end(tx: Transaction, id_: str, outcome: str, *, cost: int = 0, detail: str | None = None, now: int) -> None:
    await tx.execute(
        update(attempts).where(attempts.c.id == id_).values(outcome=outcome, cost=cost, detail=detail, finished_at=now)
    )
