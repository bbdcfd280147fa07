"""Numbers: a person's shelf, the ends of a month, who spent what, and calls nobody knows the end of."""

from storage.db.database import Database, Transaction
from storage.queries import statistics
from storage.queries.statistics import Shelf, Spender, Unknown
from storage.tables import attempts, images
from storage.tables.attempts import Terms
from tests.storage.rows import NOW, Cast, a_generation, a_persona, a_picture, an_image, somebody

DAY = 86_400_000


async def test_an_empty_shelf_is_all_zeros(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        assert await statistics.shelf(tx, ada.user) == Shelf(total=0, kept=0, best=0, rejected=0)
        assert await statistics.by_persona(tx, ada.user, limit=5) == ()


async def test_a_shelf_counts_ones_own_finished_pictures_by_verdict(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        await a_picture(tx, ada)
        await a_picture(tx, ada, verdict="kept")
        await a_picture(tx, ada, verdict="kept", best=True)
        await a_picture(tx, ada, verdict="rejected")
        await a_picture(tx, ada, verdict="kept", trashed_at=NOW)
        await a_picture(tx, ada, status="failed")
        await a_picture(tx, bo, verdict="kept")
        assert await statistics.shelf(tx, ada.user) == Shelf(total=4, kept=2, best=1, rejected=1)


async def test_personas_come_by_how_many_pictures_show_them_and_then_by_name(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        for name, count in (("Noor", 1), ("Mila", 1), ("Lamp", 2), ("Nobody", 0)):
            persona = await a_persona(tx, ada, name)
            for _ in range(count):
                await a_picture(tx, ada, persona=persona)
        await a_picture(tx, ada)
        assert await statistics.by_persona(tx, ada.user, limit=5) == (("Lamp", 2), ("Mila", 1), ("Noor", 1))
        assert await statistics.by_persona(tx, ada.user, limit=1) == (("Lamp", 2),)


async def test_two_personas_of_one_name_are_counted_apart(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        for owner in (ada, bo):  # one of them is shared
            await a_picture(tx, ada, persona=await a_persona(tx, owner, "Mila"))
        assert await statistics.by_persona(tx, ada.user, limit=5) == (("Mila", 1), ("Mila", 1))


async def test_ends_are_counted_from_a_moment_on_and_what_is_unfinished_is_none(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        for status in ("done", "done", "failed", "cancelled"):
            await a_picture(tx, ada, status=status, finished_at=NOW + 1)
        await a_picture(tx, ada, status="done", created_at=NOW - DAY, finished_at=NOW + 1)
        await a_picture(tx, ada, status="running", finished_at=None)
        assert await statistics.ends(tx, NOW) == {"done": 2, "failed": 1, "cancelled": 1}
        assert await statistics.ends(tx, NOW + DAY) == {}


async def test_spenders_come_dearest_first_with_what_they_were_given(database: Database) -> None:
    async with database.write() as tx:
        ada, bo, cy = await somebody(tx, "Ada"), await somebody(tx, "Bo"), await somebody(tx, "Cy")
        await _bought(tx, ada, 10)
        await _bought(tx, bo, 40, 2**40)
        await _bought(tx, cy, 0, 0, 0)
        await a_picture(tx, ada, status="failed", cost=999)
        await a_picture(tx, ada, cost=999, created_at=NOW - DAY)
        assert await statistics.spenders(tx, NOW, limit=5) == (
            Spender("Bo", 2, 2**40 + 40), Spender("Ada", 1, 10), Spender("Cy", 3, 0)
        )  # fmt: skip
        assert await statistics.spenders(tx, NOW, limit=1) == (Spender("Bo", 2, 2**40 + 40),)


async def test_a_picture_whose_cost_was_never_told_counts_as_nothing(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx, "Ada")
        await a_picture(tx, ada, cost=None)
        assert await statistics.spenders(tx, NOW, limit=5) == (Spender("Ada", 1, 0),)


async def test_calls_of_unknown_outcome_come_newest_first_with_the_providers_id(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        lost = await _called(tx, ada, "unknown_outcome", NOW, "job-7")
        nameless = await _called(tx, ada, "unknown_outcome", NOW + 1, None)
        await _called(tx, ada, "done", NOW, "job-8")
        await _called(tx, ada, "unknown_outcome", NOW - 1, "job-9")
        newest = Unknown(nameless, "scripted", "paid", None)
        assert await statistics.unknown(tx, NOW, limit=5) == (newest, Unknown(lost, "scripted", "paid", "job-7"))
        assert await statistics.unknown(tx, NOW, limit=1) == (newest,)


async def _bought(tx: Transaction, who: Cast, *costs: int) -> None:
    for cost in costs:
        await a_picture(tx, who, cost=cost)


async def _called(tx: Transaction, who: Cast, outcome: str, at: int, external_id: str | None) -> str:
    image = await an_image(tx, await a_generation(tx, who))
    attempt = await attempts.begin(tx, image.id, Terms("scripted", "paid", 40_000), at)
    await attempts.accepted(tx, attempt.id, external_id)
    await attempts.end(tx, attempt.id, outcome, now=at)
    await images.move(tx, image.id, "unknown", now=at)
    return attempt.id
