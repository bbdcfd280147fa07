"""What people said about who is on a photo."""

from sqlalchemy import select

from storage.db.database import Database
from storage.tables import consents
from storage.tables.consents import Consent, Subject
from storage.tables.enums import SubjectKind
from storage.tables.schema import consents as rows
from tests.storage.rows import NOW, somebody

PHOTO = Subject(SubjectKind.PHOTO, "p1")
PERSONA = Subject(SubjectKind.PERSONA, "p1")


async def test_the_latest_answer_counts(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        await consents.add(tx, Consent(ada.user, PHOTO, "me", "1"), NOW)
        await consents.add(tx, later := Consent(ada.user, PHOTO, "adult", "2"), NOW + 1)
        assert await consents.answers(tx, ada.user, [PHOTO]) == {PHOTO: later}


async def test_an_answer_about_one_kind_of_subject_is_none_about_another_of_the_same_id(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        await consents.add(tx, Consent(ada.user, PHOTO, "me", "1"), NOW)
        assert await consents.answers(tx, ada.user, [PERSONA]) == {}


async def test_subjects_without_an_answer_are_left_out(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        await consents.add(tx, said := Consent(ada.user, PERSONA, "adult", "1"), NOW)
        found = await consents.answers(tx, ada.user, [PERSONA, Subject(SubjectKind.PHOTO, "p2")])
        assert found == {PERSONA: said}
        assert await consents.answers(tx, ada.user, []) == {}


async def test_what_one_person_said_says_nothing_for_another(database: Database) -> None:
    async with database.write() as tx:
        ada, ben = await somebody(tx), await somebody(tx)
        await consents.add(tx, Consent(ada.user, PHOTO, "me", "1"), NOW)
        assert await consents.answers(tx, ben.user, [PHOTO]) == {}


async def test_what_was_taken_back_counts_no_more_and_what_is_said_later_does(database: Database) -> None:
    async with database.write() as tx:
        ada, ben = await somebody(tx), await somebody(tx)
        for who in (ada, ben):
            await consents.add(tx, Consent(who.user, PERSONA, "me", "1"), NOW)
        await consents.add(tx, kept := Consent(ada.user, PHOTO, "me", "1"), NOW)
        for at in (NOW + 1, NOW + 2):
            await consents.withdraw(tx, ada.user, PERSONA, at)
        assert await consents.answers(tx, ada.user, [PERSONA, PHOTO]) == {PHOTO: kept}
        assert await consents.answers(tx, ben.user, [PERSONA]) != {}
        await consents.add(tx, again := Consent(ada.user, PERSONA, "no", "2"), NOW + 3)
        assert await consents.answers(tx, ada.user, [PERSONA]) == {PERSONA: again}


async def test_what_was_taken_back_stays_written_with_the_moment(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        await consents.add(tx, Consent(ada.user, PERSONA, "me", "1"), NOW)
        for at in (NOW + 1, NOW + 2):
            await consents.withdraw(tx, ada.user, PERSONA, at)
        query = select(rows.c.withdrawn_at).where(rows.c.user_id == ada.user)
        assert list(await tx.scalars(query)) == [NOW + 1]
