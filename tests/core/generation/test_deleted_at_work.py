"""Deleting everything while a call is under way that no provider stops: what it brings is thrown away."""

from pathlib import Path

from sqlalchemy import select

from storage.db.database import Database, sqlite_url
from storage.tables import people, schema
from storage.tables.owners import OPERATOR
from tests.harness.bots import started


async def test_a_picture_that_arrives_after_its_person_left_is_thrown_away(tmp_path: Path) -> None:
    async with started(tmp_path) as bot:
        room = bot.room()
        ann = room.person("Ann")
        await ann.say("/imagine [delay 0.5] a fox --model paid")
        while not bot.scripted.journal:
            await ann.say("/queue")
        await ann.say("/privacy delete")
        await ann.press("Delete everything", room.last)
    # Stopping waits for calls under way.
    database = Database(sqlite_url(tmp_path))
    async with database.read() as tx:
        [cost] = await tx.scalars(select(schema.ledger.c.amount).where(schema.ledger.c.account == str(OPERATOR)))
        assert (await tx.execute(select(schema.images))).all() == []
        assert await people.find(tx, "test", ann.who.id) is None
    await database.close()
    assert cost == 40_000, "the call was paid, and not by her"
    assert [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == []
    assert not room.results
