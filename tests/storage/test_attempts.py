"""Paid calls: the row written before the call is the intent."""

from storage.db.database import Database
from storage.tables import attempts
from storage.tables.attempts import Terms
from tests.storage.rows import NOW, a_generation, an_image, somebody


async def test_attempts_are_numbered_in_the_order_they_were_made(database: Database) -> None:
    async with database.write() as tx:
        image = await an_image(tx, await a_generation(tx, await somebody(tx)))
        made = [await attempts.begin(tx, image.id, Terms("scripted", "scripted", 40_000), NOW) for _ in range(3)]
        assert await attempts.of_image(tx, image.id) == tuple(made)
    assert [attempt.number for attempt in made] == [1, 2, 3]


async def test_an_attempt_is_going_until_it_ends(database: Database) -> None:
    async with database.write() as tx:
        image = await an_image(tx, await a_generation(tx, await somebody(tx)))
        id_ = (await attempts.begin(tx, image.id, Terms("scripted", "scripted", 40_000), NOW)).id
        going = [(await attempts.of_image(tx, image.id))[0]]
        await attempts.sent(tx, id_)
        going += await attempts.of_image(tx, image.id)
        await attempts.accepted(tx, id_, "their-7")
        going += await attempts.of_image(tx, image.id)
        await attempts.end(tx, id_, "done", cost=40_000, now=NOW + 1)
        (ended,) = await attempts.of_image(tx, image.id)
    assert [(one.outcome, one.external_id, one.going) for one in going] == [
        ("open", None, True),
        ("sent", None, True),
        ("sent", "their-7", True),
    ]
    assert (ended.outcome, ended.external_id, ended.cost, ended.going) == ("done", "their-7", 40_000, False)
