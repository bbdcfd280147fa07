"""How a generation stands, read at once."""

from storage.db.database import Database
from storage.queries import delivery_state
from storage.queries.delivery_state import DeliveryState
from storage.tables import generations, images, posted_messages
from storage.tables.posted_messages import Posted
from tests.storage.rows import NOW, a_generation, an_image, somebody


async def test_a_generation_stands_as_its_rows_say(database: Database) -> None:
    async with database.write() as tx:
        of = await a_generation(tx, await somebody(tx))
        first, _ = await an_image(tx, of, 1), await an_image(tx, of, 2)
        await images.move(tx, first.id, "failed", now=NOW)
        posted = [Posted("test", "room", "9", of.id, "progress"), Posted("test", "room", "5", of.id, "result")]
        for at, one in enumerate(posted):
            await posted_messages.put(tx, one, NOW + at)
        assert await delivery_state.of(tx, of.id) == DeliveryState(
            of.platform, False, ("failed", "queued"), tuple(posted)
        )
        assert await generations.delivered(tx, of.id, NOW)
        assert (now := await delivery_state.of(tx, of.id))
        assert now.delivered


async def test_one_that_shows_nothing_yet_and_one_that_is_gone(database: Database) -> None:
    async with database.write() as tx:
        of = await a_generation(tx, await somebody(tx))
        assert await delivery_state.of(tx, of.id) == DeliveryState(of.platform, False, (), ())
        assert await delivery_state.of(tx, "gone") is None
        assert not await generations.delivered(tx, "gone", NOW)


async def test_a_message_that_is_taken_away_is_forgotten(database: Database) -> None:
    async with database.write() as tx:
        of = await a_generation(tx, await somebody(tx))
        await posted_messages.put(tx, gone := Posted("test", "room", "9", of.id, "progress"), NOW)
        await posted_messages.put(tx, left := Posted("test", "room", "5", of.id, "result"), NOW)
        await posted_messages.forget(tx, gone)
        assert await posted_messages.of_generation(tx, of.id) == (left,)
