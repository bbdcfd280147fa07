"""Result slots: from queued to their end, which comes once."""

import pytest
from sqlalchemy import text

from storage.db.database import Database
from storage.tables import images
from storage.tables.enums import UNFINISHED
from storage.tables.images import RECENT
from tests.storage.plans import plan_of
from tests.storage.rows import NOW, Cast, a_generation, a_picture, an_image, somebody

ENDS = ("done", "failed", "refused", "cancelled", "unknown")


async def test_an_image_comes_back_whole(database: Database) -> None:
    async with database.write() as tx:
        of = await a_generation(tx, await somebody(tx), private=True)
        new = await an_image(
            tx, of, problem="refused-photo", problem_facts={"photo": 2, "why": "é"}, seconds=1.5, cost=2**40, seed=7
        )
        assert await images.get(tx, new.id) == new
        assert await images.get(tx, "none") is None


async def test_a_generations_images_come_by_number(database: Database) -> None:
    async with database.write() as tx:
        of = await a_generation(tx, await somebody(tx))
        third, first, second = [await an_image(tx, of, number) for number in (3, 1, 2)]
        assert await images.of_generation(tx, of.id) == (first, second, third)


@pytest.mark.parametrize("end", ENDS)
async def test_an_unfinished_image_moves_on_and_a_finished_one_stays(database: Database, end: str) -> None:
    async with database.write() as tx:
        id_ = (await an_image(tx, await a_generation(tx, await somebody(tx)))).id
        assert await images.move(tx, id_, "running", now=NOW + 1)
        running = await images.get(tx, id_)
        assert await images.move(tx, id_, end, now=NOW + 2, note="first")
        for again in (*UNFINISHED, *ENDS):
            assert not await images.move(tx, id_, again, now=NOW + 3, note="second")
        ended = await images.get(tx, id_)
    assert running is not None
    assert (running.status, running.finished_at, running.finished) == ("running", None, False)
    assert ended is not None
    assert (ended.status, ended.finished_at, ended.finished, ended.note) == (end, NOW + 2, True, "first")


async def test_an_image_that_does_not_exist_does_not_move(database: Database) -> None:
    async with database.write() as tx:
        assert not await images.move(tx, "none", "done", now=NOW)


async def test_unfinished_images_are_the_persons_own_oldest_first(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        of = await a_generation(tx, ada)
        waiting, running = await an_image(tx, of, 1), await an_image(tx, of, 2, status="running")
        await an_image(tx, of, 3, status="done")
        await an_image(tx, await a_generation(tx, await somebody(tx)))
        assert await images.unfinished(tx, ada.user) == (waiting, running)


async def test_what_waits_is_counted_by_person_and_what_came_before_by_image(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        of, mine = await a_generation(tx, ada), await a_generation(tx, bo)
        await an_image(tx, of, 1, status="done")
        await an_image(tx, of, 2, status="running")
        await an_image(tx, of, 3)
        await an_image(tx, of, 4, model="other")
        await an_image(tx, mine, 1, status="done")
        await an_image(tx, mine, 2, status="running")
        place = await an_image(tx, mine, 3)
        await an_image(tx, mine, 4)
        assert await images.waiting(tx, ["local"]) == {ada.user: 2, bo.user: 3}
        assert await images.waiting(tx, ["local", "other"]) == {ada.user: 3, bo.user: 3}
        assert await images.waiting(tx, []) == {}
        assert await images.own_before(tx, place, ["local"]) == 1
        assert await images.own_before(tx, place, ["other"]) == 0


async def test_a_verdict_is_remembered(database: Database) -> None:
    async with database.write() as tx:
        id_ = (await a_picture(tx, await somebody(tx))).id
        await images.judge(tx, id_, "kept", True)
        found = await images.get(tx, id_)
    assert found is not None
    assert (found.verdict, found.best) == ("kept", True)


async def test_an_image_goes_into_the_trash_and_out_again(database: Database) -> None:
    async with database.write() as tx:
        id_ = (await a_picture(tx, await somebody(tx))).id
        await images.trash(tx, id_, NOW)
        trashed = await images.get(tx, id_)
        await images.trash(tx, id_, None)
        back = await images.get(tx, id_)
    assert trashed is not None
    assert back is not None
    assert (trashed.trashed_at, back.trashed_at) == (NOW, None)


async def test_the_typical_duration_is_the_median_of_a_models_last_pictures(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        for seconds in (500.0, 1.0, 9.0, 2.0):
            await a_picture(tx, ada, seconds=seconds)
        await a_picture(tx, ada, seconds=700.0, status="failed")
        await a_picture(tx, ada, seconds=800.0, model="other")
        await a_picture(tx, ada)
        assert await images.typical_seconds(tx, "local", sample=3) == 2.0
        assert await images.typical_seconds(tx, "local") == 9.0
        assert await images.typical_seconds(tx, "never") is None


async def test_a_model_that_drew_nothing_of_late_has_no_typical_duration(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        await a_picture(tx, ada, seconds=5.0, model="old")
        of = await a_generation(tx, ada)
        for number in range(RECENT):
            await an_image(tx, of, number)
        assert await images.typical_seconds(tx, "old") is None


async def _crowd(database: Database) -> Cast:
    """So many finished pictures that the database sees a difference."""
    async with database.write() as tx:
        ada = await somebody(tx)
        of = await a_generation(tx, ada)
        for number in range(300):
            await an_image(tx, of, number, status="done", seconds=1.0)
        await tx.execute(text("ANALYZE"))
    return ada


async def test_no_look_at_unfinished_images_goes_through_the_finished_ones(database: Database) -> None:
    ada = await _crowd(database)
    async with database.read() as tx:
        assert "ix_images_unfinished_user_id_id" in await plan_of(tx, lambda: images.unfinished(tx, ada.user))
        assert "ix_images_unfinished" in await plan_of(tx, lambda: images.waiting(tx, ["local"]))
        assert "ix_images_unfinished" in await plan_of(tx, lambda: images.unfinished_before(tx, 0))
