"""Pictures that were reported, erased or given to another model, and what a member used of a place."""

import pytest

from storage.db.database import Database
from storage.queries import gallery
from storage.queries.gallery import Filter
from storage.tables import images
from storage.tables.enums import UNFINISHED
from storage.tables.images import Used
from tests.storage.rows import NOW, a_generation, a_persona, a_picture, an_image, somebody

DAY = 86_400_000


async def test_a_reported_picture_is_in_no_gallery_until_it_is_shown_again(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        picture = await a_picture(tx, ada, blob="b", thumbnail="t")
        await images.report(tx, picture.id, NOW)
        hidden = await images.get(tx, picture.id)
        assert hidden is not None
        assert (hidden.reported_at, hidden.trashed_at) == (NOW, NOW)
        assert await gallery.page(tx, Filter(user=ada.user), limit=8) == ()
        await images.report(tx, picture.id, None)
        assert await gallery.page(tx, Filter(user=ada.user), limit=8) == (picture,)


async def test_an_erased_picture_names_no_bytes_and_stays_as_hidden_as_it_was(database: Database) -> None:
    async with database.write() as tx:
        picture = await a_picture(tx, await somebody(tx), blob="b", thumbnail="t")
        await images.report(tx, picture.id, NOW)
        await images.erase(tx, picture.id)
        erased = await images.get(tx, picture.id)
    assert erased is not None
    assert (erased.blob, erased.thumbnail, erased.reported_at, erased.status) == (None, None, NOW, "done")


async def test_another_model_takes_an_unfinished_image_and_no_other(database: Database) -> None:
    async with database.write() as tx:
        of = await a_generation(tx, await somebody(tx))
        running, done = await an_image(tx, of, 1, status="running"), await an_image(tx, of, 2, status="done")
        for image in (running, done):
            await images.redirect(tx, image.id, "paid")
        taken, kept = await images.get(tx, running.id), await images.get(tx, done.id)
    assert taken is not None
    assert (taken.model, taken.status) == ("paid", "queued")
    assert kept == done


async def test_what_is_being_made_of_a_persona_is_found_whoever_asked_for_it(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        mila = await a_persona(tx, ada)
        going = [await an_image(tx, await a_generation(tx, who, persona=mila), status=status)
                 for who, status in ((ada, "queued"), (bo, "running"))]  # fmt: skip
        await a_picture(tx, ada, persona=mila)
        await an_image(tx, await a_generation(tx, ada))
        assert await images.unfinished_of(tx, mila) == tuple(going)


@pytest.mark.parametrize(("status", "counted"), [*((one, 40) for one in UNFINISHED), ("done", 30), ("failed", None)])
async def test_a_member_used_a_picture_at_its_price_until_it_is_known_what_it_cost(
    database: Database, status: str, counted: int | None
) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        of = await a_generation(tx, ada, price=40)
        await an_image(tx, of, status=status, cost=30 if status == "done" else None)
        used = await images.used_in(tx, ada.workspace, ada.user, NOW)
    assert used == (Used(0, 0) if counted is None else Used(1, counted))


async def test_only_ones_own_pictures_of_this_place_and_time_are_used(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        await a_picture(tx, ada, cost=30)
        await a_picture(tx, bo, workspace=ada.workspace, cost=30)
        await a_picture(tx, ada, workspace=bo.workspace, cost=30)
        await a_picture(tx, ada, cost=30, created_at=NOW - DAY)
        assert await images.used_in(tx, ada.workspace, ada.user, NOW) == Used(1, 30)
        assert await images.used_in(tx, ada.workspace, ada.user, NOW - DAY) == Used(2, 60)
