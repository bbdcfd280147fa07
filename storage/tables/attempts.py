"""Attempts: paid calls. The row written before the call is the intent."""

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update

from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.tables.schema import attempts

ASIDE = 15 * 60_000
"""Milliseconds: calls that wait their turn longer are given up before."""
OPEN, SENT, DONE = "open", "sent", "done"
"""Outcomes beside the error codes of providers: intended, the call may have gone out, a picture came."""
UNKNOWN_OUTCOME = "unknown_outcome"
"""The error code of a call whose answer was lost."""
_GOING = attempts.c.outcome.in_((OPEN, SENT))


@dataclass(frozen=True, slots=True)
class Attempt:
    """One paid call; its id is the call's key, `price` its list price and `cost` what it came to, in microdollars.

    `outcome`: open (intended), sent (the call may have gone out), done, or an error code of providers.errors.
    """

    id: str
    image: str
    number: int
    provider: str
    model: str
    external_id: str | None
    outcome: str
    price: int
    cost: int
    started_at: int

    @property
    def going(self) -> bool:
        return self.outcome in (OPEN, SENT)


_COLUMNS = tuple(
    attempts.c[name]
    for name in (
        "id",
        "image_id",
        "number",
        "provider",
        "model",
        "external_id",
        "outcome",
        "price",
        "cost",
        "started_at",
    )
)


_OF_IMAGE = select(*_COLUMNS).where(attempts.c.image_id == bindparam("image")).order_by(attempts.c.number)


@dataclass(frozen=True, slots=True)
class Terms:
    """Who draws an image with which model, and its list price in microdollars."""

    provider: str
    model: str
    price: int


async def begin(tx: Transaction, image: str, terms: Terms, now: int) -> Attempt:
    """A new attempt for an image, numbered after its last."""
    number = 1 + len(await of_image(tx, image))
    attempt = Attempt(new_id(), image, number, terms.provider, terms.model, None, OPEN, terms.price, 0, now)
    await tx.execute(
        insert(attempts).values(
            id=attempt.id, image_id=image, number=number, provider=terms.provider, model=terms.model,
            outcome=OPEN, price=terms.price, cost=0, started_at=now,
        )
    )  # fmt: skip
    return attempt


async def of_image(tx: Transaction, image: str) -> tuple[Attempt, ...]:
    """An image's attempts, first to last."""
    return tuple(Attempt(*row) for row in await tx.execute(_OF_IMAGE, {"image": image}))


async def sent(tx: Transaction, id_: str) -> bool:
    """Commit this just before the call: from now on it may have been paid. False when the attempt had its end."""
    changed = await tx.execute(update(attempts).where(attempts.c.id == id_, _GOING).values(outcome=SENT))
    return bool(changed.rowcount)


async def accepted(tx: Transaction, id_: str, external_id: str | None) -> None:
    """Store the provider's id for the call at once."""
    await tx.execute(update(attempts).where(attempts.c.id == id_).values(external_id=external_id))


async def claim(tx: Transaction, attempt: Attempt, external_id: str) -> bool:
    """Store the id of a call that was found again, unless another attempt has it."""
    query = select(attempts.c.id).where(
        attempts.c.provider == attempt.provider, attempts.c.external_id == external_id, attempts.c.id != attempt.id
    )
    if await tx.scalar(query) is not None:
        return False
    await accepted(tx, attempt.id, external_id)
    return True


async def is_alone(tx: Transaction, attempt: Attempt) -> bool:
    """Whether of all calls for the same model only this one went out and has no id of the provider's yet."""
    query = select(attempts.c.id).where(
        attempts.c.provider == attempt.provider,
        attempts.c.model == attempt.model,
        attempts.c.id != attempt.id,
        attempts.c.outcome == SENT,
        attempts.c.external_id.is_(None),
        attempts.c.started_at >= attempt.started_at - ASIDE,
    )
    return await tx.scalar(query) is None


async def external_ids(tx: Transaction, provider: str, since: int) -> frozenset[str]:
    """The provider's ids of the calls that were begun up to a quarter of an hour before a moment, or after it."""
    query = select(attempts.c.external_id).where(
        attempts.c.provider == provider, attempts.c.started_at >= since - ASIDE, attempts.c.external_id.is_not(None)
    )
    return frozenset(await tx.scalars(query))


async def end(tx: Transaction, id_: str, outcome: str, *, cost: int = 0, detail: str | None = None, now: int) -> bool:
    """Write down how an attempt ended; False when it had its end already, which stays.

    One that was deleted meanwhile has none: what it cost is still to be booked.
    """
    values = {"outcome": outcome, "cost": cost, "detail": detail, "finished_at": now}
    ended = await tx.execute(update(attempts).where(attempts.c.id == id_, _GOING).values(values))
    return bool(ended.rowcount) or await tx.scalar(select(attempts.c.id).where(attempts.c.id == id_)) is None
