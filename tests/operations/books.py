"""What a database says at the end of a test that killed processes."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from storage.db.database import Database
from storage.tables.schema import attempts, generations, images, ledger, transcript
from tests.operations.fleet import Shop
from tests.operations.processes import LONGEST

OPEN = ("queued", "running")
LOOK = 0.5
"""Seconds between looks at a database."""


@dataclass(frozen=True, slots=True)
class Books:
    """Images by status, what people and the operator paid, what is still reserved, and undelivered generations."""

    statuses: Counter[str]
    commits: int
    operator_cost: int
    reserved: int
    undelivered: int

    @property
    def quiet(self) -> bool:
        """Whether nothing waits any more."""
        return not self.undelivered and not any(self.statuses[status] for status in OPEN)


async def books(database: Database) -> Books:
    async with database.read() as tx:
        found = await tx.execute(select(images.c.status, func.count()).group_by(images.c.status))
        statuses = Counter({row.status: row[1] for row in found})
        sums = {
            (row.account.partition(":")[0], row.kind): int(row[2])
            for row in await tx.execute(
                select(ledger.c.account, ledger.c.kind, func.sum(ledger.c.amount))
                .where(ledger.c.unit == "microdollar", ledger.c.account.in_(("bot", "operator")))
                .group_by(ledger.c.account, ledger.c.kind)
            )
        }
        waiting = await tx.scalar(
            select(func.count()).select_from(generations).where(generations.c.delivered_at.is_(None))
        )
    reserved = sums.get(("bot", "reserve"), 0) - sums.get(("bot", "commit"), 0) - sums.get(("bot", "release"), 0)
    return Books(
        statuses, sums.get(("bot", "commit"), 0), sums.get(("operator", "operator_cost"), 0), reserved, waiting or 0
    )


async def agree(database: Database, shop: Shop, wanted: int) -> None:
    """Every image has one end, what was sold is what was paid, nothing was paid twice, all was shown once."""
    await traced(database)
    found = await books(database)
    assert found.quiet
    assert sum(found.statuses.values()) == wanted
    assert set(found.statuses) <= {"done", "unknown"}
    assert found.reserved == 0
    async with database.read() as tx:
        prices = set(await tx.scalars(select(generations.c.price)))
        calls = await tx.execute(select(attempts.c.image_id, attempts.c.external_id, attempts.c.outcome))
        bought = Counter(row.external_id for row in calls if row.external_id)
        entries = [row.body for row in await tx.execute(select(transcript.c.body))]
        shown = await tx.execute(select(images.c.id).where(images.c.status == "done"))
        done = {row.id for row in shown}
    [price] = prices
    assert found.commits + found.operator_cost == price * len(shop.sold)
    assert found.commits == price * found.statuses["done"]
    assert set(bought.values()) == {1}, "no call belongs to two attempts"
    assert set(bought) <= set(shop.sold)
    results = [body for body in entries if body["type"] == "show"]
    pictures = Counter(_ids(results))
    assert set(pictures) >= done
    assert set(pictures.values()) == {1}, "no result stands twice"
    assert not [body for body in entries if body["type"] == "progress"]


async def traced(database: Database) -> None:
    """Every charge, of a person and of the operator, is that of attempts of its image; no call is left open."""
    async with database.read() as tx:
        made = (await tx.execute(select(attempts.c.image_id, attempts.c.outcome, attempts.c.cost))).all()
        charged = await tx.execute(
            select(ledger.c.image_id, func.sum(ledger.c.amount))
            .where(ledger.c.unit == "microdollar", ledger.c.kind.in_(("commit", "operator_cost")))
            .where(ledger.c.account.in_(("bot", "operator")))
            .group_by(ledger.c.image_id)
        )
        charges = {image: int(amount) for image, amount in charged if amount}
    costs: Counter[str] = Counter()
    for row in made:
        costs[row.image_id] += row.cost
    assert charges == {image: cost for image, cost in costs.items() if cost}
    assert not [row.outcome for row in made if row.outcome == "sent"]


def _ids(results: Sequence[dict[str, object]]) -> list[str]:
    """The image ids of the pictures in messages, which name them with a kind before."""
    return [picture["id"].partition(":")[2] for body in results for picture in body["pictures"]]  # type: ignore[attr-defined,index]  # JSON


async def settled(database: Database) -> None:
    """Wait until everything has its end, whichever process brings it about."""
    async with asyncio.timeout(2 * LONGEST):
        while not (await books(database)).quiet:  # noqa: ASYNC110  # it is another process that ends it
            await asyncio.sleep(LOOK)
