"""Votes: one per person and image."""

import asyncio

from storage.db.database import Database
from storage.tables import votes
from storage.tables.votes import Vote
from tests.storage.rows import NOW, a_picture, somebody


async def test_a_second_vote_of_a_person_takes_the_place_of_the_first(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        id_ = (await a_picture(tx, ada)).id
        await votes.put(tx, Vote(id_, ada.user, "reject", False), NOW)
        await votes.put(tx, later := Vote(id_, ada.user, "keep", True), NOW)
        assert await votes.of_images(tx, [id_]) == (later,)


async def test_many_presses_of_one_person_at_once_are_one_vote(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        id_ = (await a_picture(tx, ada)).id

    async def press(choice: str) -> None:
        async with database.write() as tx:
            await votes.put(tx, Vote(id_, ada.user, choice, False), NOW)

    await asyncio.gather(*(press(choice) for choice in ("keep", "reject") * 10))
    async with database.read() as tx:
        assert len(await votes.of_images(tx, [id_])) == 1


async def test_votes_are_those_of_the_images_asked_for(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        first, second, third = [(await a_picture(tx, ada)).id for _ in range(3)]
        cast = {
            Vote(first, ada.user, "keep", False),
            Vote(first, bo.user, "reject", False),
            Vote(second, ada.user, "keep", True),
        }
        for vote in (*cast, Vote(third, ada.user, "keep", False)):
            await votes.put(tx, vote, NOW)
        assert set(await votes.of_images(tx, [first, second])) == cast
        assert await votes.of_images(tx, []) == ()


async def test_a_vote_that_is_taken_away_is_gone_and_taking_it_twice_is_silent(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        id_ = (await a_picture(tx, ada)).id
        await votes.put(tx, Vote(id_, ada.user, "keep", False), NOW)
        await votes.put(tx, stays := Vote(id_, bo.user, "keep", False), NOW)
        await votes.remove(tx, id_, ada.user)
        await votes.remove(tx, id_, ada.user)
        assert await votes.of_images(tx, [id_]) == (stays,)
