"""Money: what is reserved, what is spent, and that no order of events makes a balance wrong."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from storage.db.database import Database, Transaction
from storage.db.ids import new_id
from storage.tables import ledger
from storage.tables.enums import Unit
from storage.tables.ledger import Reservation, Usage
from storage.tables.owners import OPERATOR, Account
from storage.tables.schema import ledger as entries
from tests.storage.rows import EXAMPLES, NOW

DAY = 86_400_000
LIMIT = 10


class OverTheLimit(Exception):
    """What the accepting code says."""


def _account() -> Account:
    return Account.user(uuid4().hex)


async def _reserve(tx: Transaction, account: Account, *, amount: int = 100, at: int = NOW, turn: int = 0) -> str:
    """Reserve one image and some money; the image's id."""
    image = new_id()
    amounts = {Unit.IMAGE: 1, Unit.MICRODOLLAR: amount}
    await ledger.reserve(tx, [Reservation(image, (account,), amounts, turn)], at)
    return image


async def test_of_200_wishes_at_once_exactly_as_many_are_granted_as_the_limit_allows(database: Database) -> None:
    account = _account()

    async def wish() -> None:
        async with database.write() as tx:
            if (await ledger.usage(tx, account, "image")).used >= LIMIT:
                raise OverTheLimit
            await _reserve(tx, account)

    answers = await asyncio.gather(*(wish() for _ in range(200)), return_exceptions=True)
    assert answers.count(None) == LIMIT
    assert {type(answer) for answer in answers if answer} == {OverTheLimit}
    async with database.read() as tx:
        assert await ledger.usage(tx, account, "image") == Usage(reserved=LIMIT, spent=0)


async def test_what_is_reserved_counts_as_used(database: Database) -> None:
    account = _account()
    async with database.write() as tx:
        await _reserve(tx, account, amount=70)
        await _reserve(tx, account, amount=30)
        usage = await ledger.usage(tx, account, "microdollar")
    assert usage == Usage(reserved=100, spent=0)
    assert usage.used == 100


@pytest.mark.parametrize(
    ("real", "spent"), [(0, 0), (60, 60), (100, 100), (250, 100)], ids=["nothing", "less", "exactly", "more"]
)
async def test_a_person_pays_what_it_really_cost_but_never_more_than_was_reserved(
    database: Database, real: int, spent: int
) -> None:
    account = _account()
    async with database.write() as tx:
        image = await _reserve(tx, account, amount=100)
        await ledger.settle(tx, image, {"image": 1, "microdollar": real}, NOW)
        assert await ledger.usage(tx, account, "microdollar") == Usage(reserved=0, spent=spent)
        assert await ledger.usage(tx, account, "image") == Usage(reserved=0, spent=1)


async def test_a_failed_image_gives_everything_back(database: Database) -> None:
    account = _account()
    async with database.write() as tx:
        image = await _reserve(tx, account)
        await ledger.settle(tx, image, {}, NOW)
        assert await ledger.usage(tx, account, "microdollar") == Usage(reserved=0, spent=0)
        assert await ledger.usage(tx, account, "image") == Usage(reserved=0, spent=0)


async def test_every_account_of_a_reservation_is_settled(database: Database) -> None:
    accounts = (_account(), _account(), _account())
    async with database.write() as tx:
        await ledger.reserve(tx, [Reservation(image := new_id(), accounts, {Unit.MICRODOLLAR: 100})], NOW)
        await ledger.settle(tx, image, {"microdollar": 40}, NOW)
        found = [await ledger.usage(tx, account, "microdollar") for account in accounts]
    assert found == [Usage(reserved=0, spent=40)] * 3


async def test_settling_what_was_never_reserved_changes_nothing(database: Database) -> None:
    async with database.write() as tx:
        await ledger.settle(tx, new_id(), {"image": 1}, NOW)
        assert await tx.scalar(select(func.count()).select_from(entries)) == 0


async def test_a_release_makes_no_room_in_another_days_window(database: Database) -> None:
    account = _account()
    async with database.write() as tx:
        yesterdays = await _reserve(tx, account, at=NOW - DAY)
        await _reserve(tx, account, at=NOW)
        await ledger.settle(tx, yesterdays, {"image": 1, "microdollar": 10}, NOW)
        assert await ledger.usage(tx, account, "microdollar", NOW) == Usage(reserved=100, spent=0)
        assert await ledger.usage(tx, account, "microdollar", NOW - DAY) == Usage(reserved=100, spent=10)


async def test_another_turn_of_an_image_is_reserved_and_settled_apart(database: Database) -> None:
    account = _account()
    async with database.write() as tx:
        image = await _reserve(tx, account)
        await ledger.settle(tx, image, {}, NOW)
        await ledger.reserve(tx, [Reservation(image, (account,), {Unit.MICRODOLLAR: 100}, turn=1)], NOW)
        await ledger.settle(tx, image, {"microdollar": 30}, NOW)
        assert await ledger.usage(tx, account, "microdollar") == Usage(reserved=0, spent=30)


async def test_what_the_operator_bears_is_no_ones_usage_and_booked_once(database: Database) -> None:
    account = _account()
    async with database.write() as tx:
        image = await _reserve(tx, account)
        await ledger.charge_operator(tx, image, 40, 1, NOW)
        await ledger.charge_operator(tx, image, 40, 1, NOW)
        await ledger.charge_operator(tx, image, 0, 2, NOW)
        await ledger.charge_operator(tx, image, 2, 3, NOW)
        assert await ledger.usage(tx, account, "microdollar") == Usage(reserved=100, spent=0)
        assert await _borne(tx, image) == 42


async def test_amounts_beyond_32_bits_add_up(database: Database) -> None:
    account = _account()
    async with database.write() as tx:
        for _ in range(3):
            image = await _reserve(tx, account, amount=2**40)
            await ledger.settle(tx, image, {"microdollar": 2**40}, NOW)
        assert await ledger.usage(tx, account, "microdollar") == Usage(reserved=0, spent=3 * 2**40)


# ── no order of events ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Reserve:
    image: int
    amount: int
    day: int


@dataclass(frozen=True, slots=True)
class Settle:
    image: int
    real: int
    day: int


@dataclass(frozen=True, slots=True)
class Bear:
    image: int
    amount: int
    turn: int


_IMAGES = st.integers(0, 3)
_AMOUNTS = st.integers(0, 300)
_DAYS = st.integers(0, 2)
_EVENTS = st.lists(
    st.one_of(
        st.builds(Reserve, _IMAGES, _AMOUNTS, _DAYS),
        st.builds(Settle, _IMAGES, _AMOUNTS, _DAYS),
        st.builds(Bear, _IMAGES, _AMOUNTS, st.integers(1, 3)),
    ),
    max_size=14,
)


@dataclass(slots=True)
class Book:
    """What the ledger should say, kept the plain way: amounts by image and by the day the image was accepted."""

    reserved: dict[int, tuple[int, int]] = field(default_factory=dict)
    spent: dict[int, tuple[int, int]] = field(default_factory=dict)
    operator_cost: dict[tuple[int, int], int] = field(default_factory=dict)

    def reserve(self, event: Reserve) -> bool:
        if event.image in self.reserved or event.image in self.spent:
            return False
        self.reserved[event.image] = event.amount, event.day
        return True

    def settle(self, event: Settle) -> None:
        if event.image in self.reserved:
            amount, day = self.reserved.pop(event.image)
            self.spent[event.image] = min(event.real, amount), day

    def charge_operator(self, event: Bear) -> None:
        if event.amount:
            self.operator_cost.setdefault((event.image, event.turn), event.amount)

    def usage(self, since: int) -> Usage:
        reserved, spent = (
            sum(amount for amount, day in part.values() if day >= since) for part in (self.reserved, self.spent)
        )
        return Usage(reserved=reserved, spent=spent)


@given(events=_EVENTS)
@EXAMPLES
async def test_no_order_of_events_makes_a_balance_wrong(
    database: Database, events: list[Reserve | Settle | Bear]
) -> None:
    account, images, book = _account(), defaultdict[int, str](new_id), Book()
    async with database.write() as tx:
        for event in events:
            await _happen(tx, account, images[event.image], event, book)
            for day in range(3):
                usage = await ledger.usage(tx, account, "microdollar", NOW + day * DAY)
                assert usage == book.usage(day)
                assert usage.reserved >= 0
        operator_cost = sum([await _borne(tx, image) for image in images.values()])
    assert operator_cost == sum(book.operator_cost.values())


async def _happen(tx: Transaction, account: Account, image: str, event: Reserve | Settle | Bear, book: Book) -> None:
    if isinstance(event, Reserve):
        if book.reserve(event):
            amounts = {Unit.MICRODOLLAR: event.amount}
            await ledger.reserve(tx, [Reservation(image, (account,), amounts)], NOW + event.day * DAY)
    elif isinstance(event, Settle):
        book.settle(event)
        await ledger.settle(tx, image, {"microdollar": event.real}, NOW + event.day * DAY)
    else:
        book.charge_operator(event)
        await ledger.charge_operator(tx, image, event.amount, event.turn, NOW)


async def _borne(tx: Transaction, image: str) -> int:
    """What the operator's books carry for an image."""
    operator_cost = select(func.sum(entries.c.amount)).where(
        entries.c.account == str(OPERATOR), entries.c.kind == "operator_cost", entries.c.image_id == image
    )
    return int(await tx.scalar(operator_cost) or 0)
