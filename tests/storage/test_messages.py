"""Which message of ours shows which generation."""

from storage.db.database import Database
from storage.tables import posted_messages
from storage.tables.posted_messages import Posted
from tests.storage.rows import NOW, a_generation, somebody


async def test_a_message_is_found_by_the_name_its_platform_gives_it(database: Database) -> None:
    async with database.write() as tx:
        of = await a_generation(tx, await somebody(tx))
        await posted_messages.put(tx, posted := Posted("test", "room", "7", of.id, "progress"), NOW)
        assert await posted_messages.find(tx, "test", "room", "7") == posted
        assert await posted_messages.find(tx, "other", "room", "7") is None
        assert await posted_messages.find(tx, "test", "other", "7") is None
        assert await posted_messages.find(tx, "test", "room", "8") is None


async def test_progress_that_became_a_result_is_the_same_message(database: Database) -> None:
    async with database.write() as tx:
        of = await a_generation(tx, await somebody(tx))
        await posted_messages.put(tx, Posted("test", "room", "7", of.id, "progress"), NOW)
        await posted_messages.put(tx, result := Posted("test", "room", "7", of.id, "result"), NOW + 1)
        assert await posted_messages.of_generation(tx, of.id) == (result,)


async def test_a_generations_messages_come_oldest_first(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        of, other = await a_generation(tx, ada), await a_generation(tx, ada)
        for at, (message, generation) in enumerate([("5", of.id), ("1", other.id), ("9", of.id)]):
            await posted_messages.put(tx, Posted("test", "room", message, generation, "result"), NOW - at)
        assert [posted.message for posted in await posted_messages.of_generation(tx, of.id)] == ["9", "5"]
