"""What has had its time in the tables goes, and nothing else."""

from sqlalchemy import func, select

from storage.db.database import Database
from storage.privacy import purge
from storage.queries import search
from storage.tables import attempts, drafts, events, generations, images, ledger, posted_messages, strikes, votes
from storage.tables.attempts import Terms
from storage.tables.enums import StrikeKind, Unit
from storage.tables.ledger import Reservation
from storage.tables.owners import Account
from storage.tables.posted_messages import Posted
from storage.tables.schema import attempts as attempt_table
from storage.tables.schema import drafts as draft_table
from storage.tables.schema import votes as vote_table
from storage.tables.votes import Vote
from tests.storage.plans import plan_of
from tests.storage.rows import NOW, a_draft, a_generation, a_picture, an_image, somebody

DAY = 24 * 60 * 60_000


async def test_the_trash_is_what_was_put_there_before_a_moment_and_is_not_reported(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        old = await a_picture(tx, ada, trashed_at=NOW - DAY, blob="b", thumbnail="t")
        await a_picture(tx, ada, trashed_at=NOW)
        await a_picture(tx, ada)
        reported = await a_picture(tx, ada)
        await images.report(tx, reported.id, NOW - DAY)
        found = await purge.trashed(tx, NOW)
    assert [(one.id, one.blobs) for one in found] == [(old.id, ("b", "t"))]


async def test_a_purged_picture_takes_its_rows_along_and_leaves_the_books(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        of = await a_generation(tx, ada, prompt="a fox")
        gone, stays = await an_image(tx, of, 1, status="done"), await an_image(tx, of, 2, status="done")
        await attempts.begin(tx, gone.id, Terms("p", "local", 4), NOW)
        await votes.put(tx, Vote(gone.id, ada.user, "keep", False), NOW)
        await ledger.reserve(tx, [Reservation(gone.id, (Account.user("ada"),), {Unit.IMAGE: 1})], NOW)
        await ledger.settle(tx, gone.id, {"image": 1}, NOW)
        await purge.purge(tx, [gone.id])
        assert await images.get(tx, gone.id) is None
        assert await images.get(tx, stays.id) == stays
        assert await generations.get(tx, of.id) == of
        for table in (attempt_table, vote_table):
            assert await tx.scalar(select(func.count()).select_from(table).where(table.c.image_id == gone.id)) == 0
        assert (await ledger.usage(tx, Account.user("ada"), "image")).spent == 1


async def test_a_request_without_any_picture_left_goes_too(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        of = await a_generation(tx, ada, prompt="a walrus")
        slot = await an_image(tx, of, 1, status="done")
        await search.index(tx, of.id, of.prompt)
        await posted_messages.put(tx, Posted("test", "room", "1", of.id, "result"), NOW)
        await purge.purge(tx, [slot.id])
        assert await generations.get(tx, of.id) is None
        assert await posted_messages.of_generation(tx, of.id) == ()


async def test_old_questions_and_events_are_forgotten_and_young_ones_are_not(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        owner = (ada.user, ada.workspace)
        await drafts.add(tx, a_draft(*owner, NOW - 9 * DAY, NOW - 2 * DAY), "ask", {})
        settled = await drafts.add(tx, a_draft(*owner, NOW - 9 * DAY, NOW + DAY), "ask", {})
        await drafts.settle(tx, settled.id, NOW - 2 * DAY)
        open_ = await drafts.add(tx, a_draft(*owner, NOW - 9 * DAY, NOW + DAY), "ask", {})
        await strikes.add(tx, ada.user, StrikeKind.WRONG_CODE, NOW - 2 * DAY)
        await strikes.add(tx, ada.user, StrikeKind.WRONG_CODE, NOW)
        await events.claim(tx, "old", NOW - 2 * DAY)
        await events.claim(tx, "young", NOW)
        assert await purge.prune(tx, NOW - DAY) == 4
        left = await tx.scalars(select(draft_table.c.id).where(draft_table.c.user_id == ada.user))
        assert set(left) == {open_.id}
        assert await strikes.count_since(tx, ada.user, StrikeKind.WRONG_CODE, 0) == 1
        assert await events.claim(tx, "old", NOW)
        assert not await events.claim(tx, "young", NOW)


async def test_looking_into_the_trash_reads_no_other_pictures(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        for _ in range(300):
            await a_picture(tx, ada)
        await purge.optimise(tx)
    async with database.read() as tx:
        assert "ix_images_trashed_at" in await plan_of(tx, lambda: purge.trashed(tx, NOW))
