"""Money of one image over several reservations, and uses that nobody could reserve before they were known."""

import pytest
from sqlalchemy import select

from storage.db.database import Database, Transaction
from storage.db.ids import new_id
from storage.tables import ledger
from storage.tables.enums import Unit
from storage.tables.ledger import Reservation, Usage, Use
from storage.tables.owners import BOT, Account
from storage.tables.schema import ledger as entries
from tests.storage.rows import NOW

ACCOUNTS = (Account.user("ada"), BOT)


async def _reserved(tx: Transaction, image: str, *amounts: int) -> None:
    for amount in amounts:
        turn = await ledger.next_turn(tx, image)
        await ledger.reserve(tx, [Reservation(image, ACCOUNTS, {Unit.MICRODOLLAR: amount}, turn)], NOW)


async def _usages(tx: Transaction, unit: str = "microdollar") -> list[Usage]:
    return [await ledger.usage(tx, account, unit) for account in ACCOUNTS]


async def test_what_is_held_is_the_sum_of_what_is_open_once_for_all_accounts(database: Database) -> None:
    async with database.write() as tx:
        image = new_id()
        assert await ledger.reserved(tx, image, "microdollar") == 0
        await _reserved(tx, image, 40, 94)
        assert await ledger.reserved(tx, image, "microdollar") == 134
        assert await ledger.reserved(tx, image, "image") == 0
        await ledger.settle(tx, image, {"microdollar": 100}, NOW)
        assert await ledger.reserved(tx, image, "microdollar") == 0


@pytest.mark.parametrize("real", [0, 1, 39, 40, 41, 133, 134, 135, 10_000])
async def test_two_reservations_are_settled_as_one(database: Database, real: int) -> None:
    async with database.write() as tx:
        image = new_id()
        await _reserved(tx, image, 40, 94)
        for _ in range(2):
            await ledger.settle(tx, image, {"microdollar": real}, NOW)
            assert await _usages(tx) == [Usage(reserved=0, spent=min(real, 134))] * 2


async def test_a_later_turn_is_settled_apart_from_one_that_is_closed(database: Database) -> None:
    async with database.write() as tx:
        image = new_id()
        await _reserved(tx, image, 40)
        await ledger.settle(tx, image, {}, NOW)
        await _reserved(tx, image, 40, 10)
        assert await ledger.reserved(tx, image, "microdollar") == 50
        await ledger.settle(tx, image, {"microdollar": 45}, NOW)
        assert await _usages(tx) == [Usage(reserved=0, spent=45)] * 2


async def test_turns_are_numbered_one_after_another_for_each_image(database: Database) -> None:
    async with database.write() as tx:
        first, second = new_id(), new_id()
        await _reserved(tx, first, 1, 1, 1)
        assert (await ledger.next_turn(tx, first), await ledger.next_turn(tx, second)) == (3, 0)


async def test_a_use_is_booked_whole_at_once_and_for_each_turn_once(database: Database) -> None:
    async with database.write() as tx:
        image = new_id()
        for turn in (1, 1, 2):
            await ledger.record_usage(
                tx, Use(account=Account.user("ada"), unit=Unit.TOKEN, amount=700, image=image, turn=turn), NOW
            )
        assert await ledger.usage(tx, Account.user("ada"), "token") == Usage(reserved=0, spent=1400)
        assert await ledger.reserved(tx, image, "token") == 0


async def test_what_was_booked_is_not_touched_when_the_image_is_settled(database: Database) -> None:
    async with database.write() as tx:
        image = new_id()
        await _reserved(tx, image, 40)
        await ledger.record_usage(
            tx, Use(account=Account.user("ada"), unit=Unit.TOKEN, amount=700, image=image, turn=1), NOW
        )
        await ledger.settle(tx, image, {"microdollar": 10}, NOW)
        assert await ledger.usage(tx, Account.user("ada"), "token") == Usage(reserved=0, spent=700)
        assert await _usages(tx) == [Usage(reserved=0, spent=10)] * 2


async def test_entries_are_written_once_and_never_changed(database: Database) -> None:
    async with database.write() as tx:
        image = new_id()
        await _reserved(tx, image, 40)
        query = select(entries).order_by(entries.c.id)
        before = (await tx.execute(query)).all()
        await ledger.settle(tx, image, {"microdollar": 30}, NOW + 1)
        await ledger.record_usage(
            tx, Use(account=Account.user("ada"), unit=Unit.TOKEN, amount=7, image=image, turn=1), NOW + 1
        )
        assert (await tx.execute(query)).all()[: len(before)] == before
