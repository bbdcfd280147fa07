"""Accepted requests: each event once, and whole."""

import pytest

from storage.db.database import Database
from storage.tables import generations, references
from storage.tables.generations import AlreadyAccepted
from tests.storage.rows import NOW, a_generation, a_photo, generation, somebody


async def test_a_request_comes_back_whole(database: Database) -> None:
    async with database.write() as tx:
        new = await a_generation(
            tx, await somebody(tx), thread="7", private=True, aspect="4:5", seed=2**53, parameters={"steps": "8"}
        )
        assert await generations.get(tx, new.id) == new
        assert await generations.with_event(tx, new.event_id) == new
        assert await generations.get(tx, "none") is None
        assert await generations.with_event(tx, "none") is None


async def test_the_same_event_is_accepted_once_and_nothing_of_the_second_is_written(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        photo = await a_photo(tx, ada)
        first = await a_generation(tx, ada, event_id="e1")
    second = generation(ada, event_id="e1")

    async def accept() -> None:
        async with database.write() as tx:
            await references.keep_until(tx, [photo.id], NOW)
            await generations.add(tx, second, [photo.id])

    with pytest.raises(AlreadyAccepted, match="e1"):
        await accept()
    async with database.read() as tx:
        assert await generations.get(tx, second.id) is None
        assert await generations.with_event(tx, "e1") == first
        assert await references.of_generation(tx, second.id) == ()
        assert await references.get(tx, [photo.id]) == (photo,)


async def test_a_transaction_goes_on_after_an_event_was_accepted_before(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        photo = await a_photo(tx, ada)
        await a_generation(tx, ada, event_id="e1")
        second = generation(ada, event_id="e1")
        with pytest.raises(AlreadyAccepted):
            await generations.add(tx, second, [photo.id])
        third = await a_generation(tx, ada, photo.id)
    async with database.read() as tx:
        assert await generations.get(tx, second.id) is None
        assert await references.of_generation(tx, second.id) == ()
        assert await references.of_generation(tx, third.id) == (photo,)


async def test_the_latest_request_is_that_of_the_person_and_the_place(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        await a_generation(tx, ada, created_at=NOW)
        latest = await a_generation(tx, ada, created_at=NOW + 5)
        await a_generation(tx, ada, workspace=bo.workspace, created_at=NOW + 6)
        await a_generation(tx, bo, workspace=ada.workspace, created_at=NOW + 7)
        assert await generations.latest(tx, ada.user, ada.workspace) == latest
        assert await generations.latest(tx, bo.user, bo.workspace) is None


async def test_requests_of_a_person_since_a_moment_are_counted(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        for at in (NOW - 1, NOW, NOW + 1):
            await a_generation(tx, ada, created_at=at)
        await a_generation(tx, await somebody(tx))
        assert await generations.accepted_since(tx, ada.user, NOW) == 2


async def test_a_request_remembers_when_it_was_delivered(database: Database) -> None:
    async with database.write() as tx:
        new = await a_generation(tx, await somebody(tx))
        await generations.delivered(tx, new.id, NOW + 9)
        found = await generations.get(tx, new.id)
    assert found is not None
    assert found.delivered_at == NOW + 9
