"""The ledger: append-only integer entries whose sums are the balances.

An image's reservation is closed by a commit of what it really cost (never more than was reserved) and a release of the
rest. Entries count into the window of the moment the image was accepted, so a release never makes room in another day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import RowMapping, bindparam, case, func, insert, select

from storage.db.database import Transaction
from storage.tables.enums import EntryKind, Unit
from storage.tables.owners import OPERATOR, Account
from storage.tables.schema import ledger


@dataclass(frozen=True, slots=True)
class Reservation:
    """What one image may cost one set of accounts: units and their amounts."""

    image: str
    accounts: tuple[Account, ...]
    amounts: Mapping[Unit, int]
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Usage:
    """Sums over a window: `reserved` is still open, `spent` is final."""

    reserved: int
    spent: int

    @property
    def used(self) -> int:
        return self.reserved + self.spent


_COUNTED = (
    ledger.c.account == bindparam("account"),
    ledger.c.unit == bindparam("unit"),
    ledger.c.counted_at >= bindparam("since"),
)
_USAGE = select(
    *(
        func.coalesce(func.sum(case((ledger.c.kind == kind, ledger.c.amount), else_=0)), 0)
        for kind in (EntryKind.RESERVE, EntryKind.COMMIT, EntryKind.RELEASE)
    )
).where(*_COUNTED)
_SUM = select(func.coalesce(func.sum(ledger.c.amount), 0)).where(*_COUNTED, ledger.c.kind == bindparam("kind"))
_OF_IMAGE = select(ledger).where(ledger.c.image_id == bindparam("image")).order_by(ledger.c.id)
"""The first reserved is spent first."""


async def reserve(tx: Transaction, reservations: Iterable[Reservation], now: int) -> None:
    rows = [
        _row(str(account), unit, EntryKind.RESERVE, amount, r.image, r.turn, now, now)
        for r in reservations
        for account in r.accounts
        for unit, amount in r.amounts.items()
    ]
    if rows:
        await tx.execute(insert(ledger), rows)


async def settle(tx: Transaction, image: str, real: Mapping[Unit, int], now: int) -> None:
    """Close an image's open reservations: per unit commit min(real, reserved) and release the rest.

    Units that `real` does not name are released whole. Settling twice changes nothing.
    """
    left: dict[tuple[str, Unit], int] = {}
    rows: list[dict[str, object]] = []
    for entry in await _open(tx, image):
        account, unit, amount = entry["account"], entry["unit"], entry["amount"]
        committed = min(left.setdefault((account, unit), real.get(unit, 0)), amount)
        left[account, unit] -= committed
        parts = ((EntryKind.COMMIT, committed), (EntryKind.RELEASE, amount - committed))
        rows += [
            _row(account, unit, kind, part, image, entry["turn"], entry["counted_at"], now)
            for kind, part in parts
            if part or kind == EntryKind.RELEASE
        ]
    if rows:
        await tx.execute(insert(ledger), rows)


async def reserved(tx: Transaction, image: str, unit: Unit) -> int:
    """What is reserved for an image of a unit and not settled yet, on each of its accounts."""
    sums: Counter[str] = Counter()
    for entry in await _open(tx, image):
        if entry["unit"] == unit:
            sums[entry["account"]] += entry["amount"]
    return max(sums.values(), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """An amount of a unit that one turn of an image used."""

    account: Account
    unit: Unit
    amount: int
    image: str
    turn: int


async def record_usage(tx: Transaction, use: Use, now: int) -> None:
    """Write down a use that could not be reserved because it was not known before. Idempotent per (image, turn)."""
    parts = {EntryKind.RESERVE: use.amount, EntryKind.COMMIT: use.amount, EntryKind.RELEASE: 0}
    rows = [_row(str(use.account), use.unit, kind, part, use.image, use.turn, now, now) for kind, part in parts.items()]
    same = (ledger.c[name] == rows[0][name] for name in ("account", "unit", "kind", "image_id", "turn"))
    if await tx.scalar(select(ledger.c.id).where(*same)) is None:
        await tx.execute(insert(ledger), rows)


async def charge_operator(tx: Transaction, image: str, amount: int, turn: int, now: int) -> None:
    """Charge a failed or unknown call to the operator account. Idempotent per (image, turn)."""
    row = _row(str(OPERATOR), Unit.MICRODOLLAR, EntryKind.OPERATOR_COST, amount, image, turn, now, now)
    same = (ledger.c[name] == row[name] for name in ("account", "unit", "kind", "image_id", "turn"))
    booked = select(ledger.c.id).where(*same)
    if amount and await tx.scalar(booked) is None:
        await tx.execute(insert(ledger), [row])


@dataclass(frozen=True, slots=True)
class Grant:
    """More of a unit for an account."""

    id: str
    account: Account
    unit: Unit
    amount: int


async def grant(tx: Transaction, given: Grant, now: int) -> None:
    """Give an account more for the window that holds now; the table refuses the same grant twice."""
    row = _row(str(given.account), given.unit, EntryKind.GRANT, given.amount, given.id, 0, now, now)
    await tx.execute(insert(ledger), [row])


async def granted(tx: Transaction, account: Account, unit: Unit, since: int) -> int:
    """What an account was granted of a unit since a moment."""
    return await _sum(tx, account, unit, EntryKind.GRANT, since)


async def operator_cost(tx: Transaction, since: int) -> int:
    """Microdollars that failed and unknown calls cost the operator since a moment."""
    return await _sum(tx, OPERATOR, Unit.MICRODOLLAR, EntryKind.OPERATOR_COST, since)


async def usage(tx: Transaction, account: Account, unit: Unit, since: int = 0) -> Usage:
    """What an account used of a unit since a moment."""
    row = (await tx.execute(_USAGE, {"account": str(account), "unit": unit, "since": since})).one()
    reserved, committed, released = (int(value) for value in row)
    return Usage(reserved=reserved - committed - released, spent=committed)


async def next_turn(tx: Transaction, image: str) -> int:
    """The number that tells an image's next reservation from its earlier ones."""
    last: int | None = await tx.scalar(select(func.max(ledger.c.turn)).where(ledger.c.image_id == image))
    return 0 if last is None else last + 1


async def asked_at(tx: Transaction, image: str) -> int:
    """When an image was last asked for: the moment of its newest reservation as a picture, 0 before any."""
    query = select(func.max(ledger.c.written_at)).where(
        ledger.c.image_id == image, ledger.c.kind == EntryKind.RESERVE, ledger.c.unit == Unit.IMAGE
    )
    return await tx.scalar(query) or 0


async def _open(tx: Transaction, image: str) -> list[RowMapping]:
    rows = (await tx.execute(_OF_IMAGE, {"image": image})).mappings().all()
    closed = {(row["account"], row["unit"], row["turn"]) for row in rows if row["kind"] == EntryKind.RELEASE}
    return [
        row
        for row in rows
        if row["kind"] == EntryKind.RESERVE and (row["account"], row["unit"], row["turn"]) not in closed
    ]


def _row(
    account: str, unit: Unit, kind: EntryKind, amount: int, image: str, turn: int, counted_at: int, now: int
) -> dict[str, object]:
    return {
        "account": account, "unit": unit, "kind": kind, "amount": amount, "image_id": image, "turn": turn,
        "counted_at": counted_at, "written_at": now,
    }  # fmt: skip


async def _sum(tx: Transaction, account: Account, unit: Unit, kind: EntryKind, since: int) -> int:
    return int(await tx.scalar(_SUM, {"account": str(account), "unit": unit, "kind": kind, "since": since}) or 0)
