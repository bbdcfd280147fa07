"""What was said in chats whose platform keeps no history."""

import pytest

from storage.db.database import Database, Transaction
from storage.tables import transcripts
from storage.tables.transcripts import Entry
from tests.storage.plans import plan_of
from tests.storage.rows import NOW


async def _say(tx: Transaction, id_: str, chat: str = "room", private_to: str | None = None) -> Entry:
    entry = Entry(chat, id_, "ada", "Ada", {"type": "say", "lines": [id_, "é"]}, private_to, NOW)
    await transcripts.add(tx, entry)
    return entry


async def test_an_entry_comes_back_whole(database: Database) -> None:
    async with database.write() as tx:
        entry = await _say(tx, "e1", private_to="bo")
        assert await transcripts.get(tx, "room", "e1") == entry
        assert await transcripts.get(tx, "other", "e1") is None


async def test_pages_lead_from_the_newest_to_the_oldest_each_in_the_order_it_was_said(database: Database) -> None:
    async with database.write() as tx:
        said = [await _say(tx, f"e{9 - number}") for number in range(7)]
        await _say(tx, "elsewhere", chat="other")
        newest = await transcripts.page(tx, "room", "ada", before=None, limit=3)
        older = await transcripts.page(tx, "room", "ada", before=newest[0].id, limit=3)
        oldest = await transcripts.page(tx, "room", "ada", before=older[0].id, limit=3)
        assert await transcripts.page(tx, "room", "ada", before=oldest[0].id, limit=3) == ()
    assert [*oldest, *older, *newest] == said


async def test_what_was_said_to_one_person_is_read_by_that_person_alone(database: Database) -> None:
    async with database.write() as tx:
        to_all, to_ada, to_bo = [await _say(tx, f"e{to}", private_to=to) for to in (None, "ada", "bo")]
        assert await transcripts.page(tx, "room", "ada", before=None, limit=9) == (to_all, to_ada)
        assert await transcripts.page(tx, "room", "bo", before=None, limit=9) == (to_all, to_bo)
        assert await transcripts.page(tx, "room", "bot", before=None, limit=9) == (to_all,)


async def test_others_private_entries_do_not_thin_a_page_out(database: Database) -> None:
    async with database.write() as tx:
        mine = [await _say(tx, f"mine{number}") for number in range(2)]
        for number in range(5):
            await _say(tx, f"theirs{number}", private_to="bo")
        assert await transcripts.page(tx, "room", "ada", before="theirs4", limit=2) == tuple(mine)


async def test_an_entry_that_is_replaced_keeps_its_place(database: Database) -> None:
    async with database.write() as tx:
        for id_ in ("e1", "e2"):
            await _say(tx, id_)
        assert await transcripts.replace(tx, "room", "e1", {"type": "show"})
        first, _ = await transcripts.page(tx, "room", "ada", before=None, limit=9)
    assert (first.id, first.body) == ("e1", {"type": "show"})


async def test_what_does_not_exist_is_not_replaced(database: Database) -> None:
    async with database.write() as tx:
        await _say(tx, "e1", chat="other")
        assert not await transcripts.replace(tx, "room", "e1", {})


async def test_a_removed_entry_is_gone_and_removing_it_again_is_silent(database: Database) -> None:
    async with database.write() as tx:
        stays = await _say(tx, "e1", chat="other")
        await _say(tx, "e1")
        await transcripts.remove(tx, "room", "e1")
        await transcripts.remove(tx, "room", "e1")
        assert await transcripts.get(tx, "room", "e1") is None
        assert await transcripts.get(tx, "other", "e1") == stays


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_a_page_is_read_from_the_index_without_sorting(database: Database) -> None:
    async with database.read() as tx:
        plan = await plan_of(tx, lambda: transcripts.page(tx, "room", "ada", before="e1", limit=9))
    assert "ix_transcript_chat_position" in plan
    assert "TEMP B-TREE" not in plan
