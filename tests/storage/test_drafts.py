"""Questions and dialogues that wait for a person."""

import asyncio

from storage.db.database import Database
from storage.tables import drafts
from tests.storage.rows import NOW, Cast, a_draft, somebody

LATER = NOW + 3_600_000


async def _two(database: Database) -> tuple[Cast, Cast]:
    async with database.write() as tx:
        return await somebody(tx), await somebody(tx)


async def test_a_draft_comes_back_whole(database: Database) -> None:
    ada, _ = await _two(database)
    data = {"prompt": "a “red” fox", "photos": ["a", "b"], "deep": {"count": 3, "none": None}}
    async with database.write() as tx:
        new = await drafts.add(tx, a_draft(ada.user, ada.workspace, NOW, LATER), "confirm", data)
        assert await drafts.get(tx, new.id) == new
        assert await drafts.get(tx, "none") is None
    assert new.data == data


async def test_a_draft_is_settled_by_one_of_many_presses(database: Database) -> None:
    ada, _ = await _two(database)
    async with database.write() as tx:
        id_ = (await drafts.add(tx, a_draft(ada.user, ada.workspace, NOW, LATER), "confirm", {})).id

    async def press() -> bool:
        async with database.write() as tx:
            return await drafts.settle(tx, id_, NOW)

    answers = await asyncio.gather(*(press() for _ in range(20)))
    assert answers.count(True) == 1


async def test_a_settled_draft_says_when(database: Database) -> None:
    ada, _ = await _two(database)
    async with database.write() as tx:
        id_ = (await drafts.add(tx, a_draft(ada.user, ada.workspace, NOW, LATER), "confirm", {})).id
        await drafts.settle(tx, id_, NOW + 1)
        await drafts.settle(tx, id_, NOW + 2)
        found = await drafts.get(tx, id_)
    assert found is not None
    assert found.settled_at == NOW + 1


async def test_the_latest_draft_that_waits_is_that_of_the_person_the_place_and_the_kind(database: Database) -> None:
    ada, bo = await _two(database)
    here = ada.user, ada.workspace
    async with database.write() as tx:
        await drafts.add(tx, a_draft(*here, NOW, LATER), "photos", {})
        wanted = await drafts.add(tx, a_draft(*here, NOW, LATER), "photos", {})
        await drafts.add(tx, a_draft(*here, NOW, LATER), "confirm", {})
        await drafts.add(tx, a_draft(bo.user, ada.workspace, NOW, LATER), "photos", {})
        await drafts.add(tx, a_draft(ada.user, bo.workspace, NOW, LATER), "photos", {})
        await drafts.add(tx, a_draft(*here, NOW, NOW), "photos", {})
        settled = await drafts.add(tx, a_draft(*here, NOW, LATER), "photos", {})
        await drafts.settle(tx, settled.id, NOW)
        assert await drafts.latest(tx, *here, "photos", NOW) == wanted
        assert await drafts.latest(tx, *here, "photos", LATER) is None


async def test_a_draft_takes_other_data(database: Database) -> None:
    ada, _ = await _two(database)
    async with database.write() as tx:
        id_ = (await drafts.add(tx, a_draft(ada.user, ada.workspace, NOW, LATER), "gallery", {"last": "a"})).id
        await drafts.change(tx, id_, {"last": "b"})
        found = await drafts.get(tx, id_)
    assert found is not None
    assert found.data == {"last": "b"}
