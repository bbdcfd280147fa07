"""Votes on a generation: opened once, closed once, told once."""

import asyncio

import pytest

from storage.db.database import Database, Transaction
from storage.tables import generations, polls, posted_messages
from storage.tables.generations import Generation
from storage.tables.posted_messages import Posted
from tests.storage.plans import plan_of
from tests.storage.rows import NOW, Cast, a_generation, an_image, somebody

RULES = {"rules": {"mode": "team", "quorum": 2}}


async def a_result(tx: Transaction, cast: Cast, *, purpose: str = "result", **changes: object) -> Generation:
    """A generation with a finished picture in a message of that purpose."""
    new = await a_generation(tx, cast, **changes)
    await an_image(tx, new, status="done")
    await posted_messages.put(tx, Posted("test", "room", new.id, new.id, purpose), NOW)
    return new


async def test_a_vote_keeps_its_rules_and_what_came_of_it(database: Database) -> None:
    async with database.write() as tx:
        id_ = (await a_generation(tx, await somebody(tx))).id
        before = await generations.get(tx, id_)
        assert before
        assert (before.vote, before.voting) == (None, None)
        assert await polls.start(tx, id_, RULES)
        assert not await polls.start(tx, id_, {"rules": {}})
        opened = await generations.get(tx, id_)
        assert opened
        assert (opened.vote, opened.voting) == ("open", RULES)
        assert await polls.close(tx, id_, ended := {**RULES, "outcomes": {"1": {"keeps": 2}}, "at": NOW})
        closed = await generations.get(tx, id_)
        assert closed
        assert (closed.vote, closed.voting) == ("closed", ended)
        await polls.told(tx, id_)
        assert not await polls.start(tx, id_, RULES)
        assert not await polls.close(tx, id_, RULES)


async def test_of_many_who_close_at_once_one_does(database: Database) -> None:
    async with database.write() as tx:
        id_ = (await a_generation(tx, await somebody(tx))).id
        await polls.start(tx, id_, RULES)

    async def close() -> bool:
        async with database.write() as tx:
            return await polls.close(tx, id_, RULES)

    assert sorted(await asyncio.gather(*(close() for _ in range(8)))) == [False] * 7 + [True]


async def test_nothing_is_closed_or_told_that_was_never_opened(database: Database) -> None:
    async with database.write() as tx:
        id_ = (await a_generation(tx, await somebody(tx))).id
        assert not await polls.close(tx, id_, RULES)
        await polls.told(tx, id_)
        found = await generations.get(tx, id_)
        assert found
        assert found.vote is None


async def test_open_votes_of_a_thread_come_newest_first(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        first, second, third = [(await a_generation(tx, ada)).id for _ in range(3)]
        elsewhere = [(await a_generation(tx, ada, thread="7")).id, (await a_generation(tx, bo)).id]
        for id_ in (first, second, third, *elsewhere):
            await polls.start(tx, id_, RULES)
        await polls.close(tx, second, RULES)
        assert await polls.open_in(tx, ada.workspace, None) == (third, first)
        assert await polls.open_in(tx, ada.workspace, "7") == (elsewhere[0],)


async def test_a_closed_vote_is_among_the_untold_until_it_is_told(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        opened, closed, told = [(await a_generation(tx, ada)).id for _ in range(3)]
        for id_ in (opened, closed, told):
            await polls.start(tx, id_, RULES)
        for id_ in (closed, told):
            await polls.close(tx, id_, RULES)
        await polls.told(tx, told)
        assert await polls.untold(tx) == (opened, closed)


async def test_the_newest_result_is_one_that_stands_in_the_thread_for_everybody(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        assert await polls.newest_result(tx, ada.workspace, None) is None
        shown = await a_result(tx, ada)
        await a_result(tx, ada, private=True)
        await a_result(tx, ada, purpose="progress")
        in_thread = await a_result(tx, ada, thread="7")
        await a_result(tx, await somebody(tx))
        assert await polls.newest_result(tx, ada.workspace, None) == shown.id
        assert await polls.newest_result(tx, ada.workspace, "7") == in_thread.id


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_the_sweep_does_not_read_all_generations(database: Database) -> None:
    async with database.read() as tx:
        assert "ix_generations_untold_vote" in await plan_of(tx, lambda: polls.untold(tx))
        assert "ix_generations_untold_vote" in await plan_of(tx, lambda: polls.open_in(tx, "1", None))
        plan = await plan_of(tx, lambda: polls.newest_result(tx, "1", None))
        assert "ix_images_gallery_workspace_id_id" in plan
        assert "SCAN generations" not in plan
