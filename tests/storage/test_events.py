"""Events: one that was acted on changes nothing the second time."""

import asyncio

import pytest

from storage.db.database import Database
from storage.tables import events, settings
from storage.tables.owners import BOT_SETTINGS
from tests.storage.rows import NOW


async def test_an_event_is_claimed_once_and_the_transaction_goes_on(database: Database) -> None:
    async with database.write() as tx:
        assert await events.claim(tx, "e1", NOW)
        assert not await events.claim(tx, "e1", NOW)
        await settings.put(tx, BOT_SETTINGS, "key", 1)
        assert await events.claim(tx, "e2", NOW)
    async with database.write() as tx:
        assert not await events.claim(tx, "e1", NOW)
        assert await settings.of(tx, BOT_SETTINGS) == {BOT_SETTINGS: {"key": 1}}


async def test_of_many_deliveries_at_once_one_claims(database: Database) -> None:
    async def deliver() -> bool:
        async with database.write() as tx:
            return await events.claim(tx, "e1", NOW)

    assert (await asyncio.gather(*(deliver() for _ in range(20)))).count(True) == 1


async def test_an_event_whose_work_failed_may_be_claimed_again(database: Database) -> None:
    async def fail() -> None:
        async with database.write() as tx:
            assert await events.claim(tx, "e1", NOW)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with database.write() as tx:
        assert await events.claim(tx, "e1", NOW)
