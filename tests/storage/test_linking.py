"""Two users become one: everything of the younger is the older's, and nothing is there twice."""

from dataclasses import replace

from sqlalchemy import select

from storage.db.database import Database, Transaction
from storage.privacy import linking
from storage.tables import (
    consents,
    drafts,
    generations,
    images,
    ledger,
    people,
    personas,
    references,
    settings,
    votes,
    workspaces,
)
from storage.tables.consents import Consent, Subject
from storage.tables.enums import SubjectKind, Unit
from storage.tables.ledger import Reservation, Usage
from storage.tables.owners import Account, Scope
from storage.tables.schema import metadata
from storage.tables.votes import Vote
from tests.storage.rows import NOW, Cast, a_draft, a_generation, a_persona, a_photo, a_picture, an_image, somebody

LATER = NOW + 1


async def two(tx: Transaction) -> tuple[Cast, Cast]:
    """An older and a younger user."""
    older = await somebody(tx, "Ada")
    user = await people.find_or_add(tx, "other", older.user, "Ada there", LATER)
    return older, Cast(user.id, older.workspace)


async def test_identities_of_both_lead_to_the_older_user_whichever_is_named_first(database: Database) -> None:
    for swapped in (False, True):
        async with database.write() as tx:
            older, younger = await two(tx)
            pair = (younger.user, older.user) if swapped else (older.user, younger.user)
            joined = await linking.join(tx, *pair, NOW)
            found = await people.find(tx, "other", older.user)
            assert found
            assert joined.user == older.user == found.id
            assert await people.get(tx, younger.user) is None


async def test_everything_of_the_younger_moves(database: Database) -> None:
    async with database.write() as tx:
        older, younger = await two(tx)
        persona = await a_persona(tx, younger)
        photo = await a_photo(tx, younger)
        picture = await a_picture(tx, younger)
        draft = await drafts.add(tx, a_draft(younger.user, younger.workspace, NOW, LATER), "photo", {})
        await consents.add(tx, Consent(younger.user, Subject(SubjectKind.USER, younger.user), "me", "w"), NOW)
        await settings.put(tx, Scope.user(younger.user), "model", "local")
        await workspaces.join(tx, younger.workspace, younger.user)
        await linking.join(tx, older.user, younger.user, NOW)
        assert [one.id for one in await personas.owned(tx, older.user)] == [persona]
        [moved] = await references.get(tx, [photo.id])
        made = await generations.get(tx, picture.generation)
        shown = await images.get(tx, picture.id)
        waiting = await drafts.get(tx, draft.id)
        assert made
        assert shown
        assert waiting
        assert {moved.owner, made.user, shown.user, waiting.user} == {older.user}
        assert await consents.answers(tx, older.user, [Subject(SubjectKind.USER, older.user)])
        assert (await settings.of(tx, Scope.user(older.user)))[Scope.user(older.user)] == {"model": "local"}
        assert await workspaces.role(tx, older.workspace, older.user) == "member"


async def test_no_column_that_names_a_user_is_forgotten(database: Database) -> None:
    naming = {
        f"{table.name}.{key.parent.name}"
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "users"
    }
    assert naming == {
        "consents.user_id", "drafts.user_id", "generations.user_id", "identities.user_id", "images.user_id",
        "personas.owner_id", "reference_photos.owner_id", "roles.user_id", "saved_prompts.user_id",
        "strikes.user_id", "votes.user_id", "web_invitations.created_by_id", "web_invitations.user_id",
    }, "storage.privacy.linking and storage.privacy.personal_data_map must know a new one"  # fmt: skip


async def test_personas_of_one_name_are_numbered(database: Database) -> None:
    async with database.write() as tx:
        older, younger = await two(tx)
        await a_persona(tx, older, "Mila")
        for name in ("MILA", "Mila 2", "Rex"):
            await a_persona(tx, younger, name)
        await linking.join(tx, older.user, younger.user, NOW)
        names = [one.name for one in await personas.owned(tx, older.user)]
    assert names == ["Mila", "Mila 2", "MILA 3", "Rex"]


async def test_a_number_fits_behind_the_longest_name(database: Database) -> None:
    async with database.write() as tx:
        older, younger = await two(tx)
        for owner in (older, younger):
            await a_persona(tx, owner, "M" * 60)
        await linking.join(tx, older.user, younger.user, NOW)
        assert await personas.find(tx, older.user, "M" * 58 + " 2")


async def test_the_older_users_own_vote_and_settings_win(database: Database) -> None:
    async with database.write() as tx:
        older, younger = await two(tx)
        author = await somebody(tx, "Bo")
        both, one = await a_picture(tx, author), await a_picture(tx, author)
        await votes.put(tx, Vote(both.id, older.user, "keep", False), NOW)
        await votes.put(tx, Vote(both.id, younger.user, "reject", False), NOW)
        await votes.put(tx, Vote(one.id, younger.user, "reject", False), NOW)
        for user, language in ((older, "fr"), (younger, "en")):
            await settings.put(tx, Scope.user(user.user), "language", language)
        joined = await linking.join(tx, older.user, younger.user, NOW)
        assert await votes.of_images(tx, [both.id]) == (Vote(both.id, older.user, "keep", False),)
        assert await votes.of_images(tx, [one.id]) == (Vote(one.id, older.user, "reject", False),)
        assert set(joined.judged) == {both.id, one.id}
        scopes = [Scope.user(older.user), Scope.user(younger.user)]
        assert await settings.of(tx, *scopes) == {scopes[0]: {"language": "fr"}, scopes[1]: {}}


async def test_votes_on_pictures_of_ones_own_need_no_new_count(database: Database) -> None:
    async with database.write() as tx:
        older, younger = await two(tx)
        picture = await a_picture(tx, younger)
        await votes.put(tx, Vote(picture.id, younger.user, "keep", False), NOW)
        assert (await linking.join(tx, older.user, younger.user, NOW)).judged == ()


async def test_spent_limits_of_both_count_afterwards(database: Database) -> None:
    async with database.write() as tx:
        older, younger = await two(tx)
        for cast, real in ((older, 30), (younger, 40)):
            image = await an_image(tx, await a_generation(tx, cast))
            accounts = (Account.user(cast.user),)
            await ledger.reserve(tx, [Reservation(image.id, accounts, {Unit.IMAGE: 1, Unit.MICRODOLLAR: 100})], NOW)
            await ledger.settle(tx, image.id, {"image": 1, "microdollar": real}, NOW)
        await linking.join(tx, older.user, younger.user, NOW)
        account = Account.user(older.user)
        assert await ledger.usage(tx, account, "image") == Usage(reserved=0, spent=2)
        assert await ledger.usage(tx, account, "microdollar") == Usage(reserved=0, spent=70)


async def test_what_is_reserved_settles_on_the_joint_account(database: Database) -> None:
    async with database.write() as tx:
        older, younger = await two(tx)
        image = await an_image(tx, await a_generation(tx, younger))
        await ledger.reserve(tx, [Reservation(image.id, (Account.user(younger.user),), {Unit.IMAGE: 1})], NOW)
        await linking.join(tx, older.user, younger.user, NOW)
        await ledger.settle(tx, image.id, {"image": 1}, NOW)
        assert await ledger.usage(tx, Account.user(older.user), "image") == Usage(reserved=0, spent=1)


async def test_a_moderator_stays_one(database: Database) -> None:
    roles = metadata.tables["roles"]
    async with database.write() as tx:
        older, younger = await two(tx)
        for user in (older.user, younger.user):
            await workspaces.join(tx, older.workspace, user)
        await tx.execute(roles.update().where(roles.c.user_id == younger.user).values(role="moderator"))
        await linking.join(tx, older.user, younger.user, NOW)
        assert await workspaces.role(tx, older.workspace, older.user) == "moderator"


async def test_settings_and_waiting_drafts_name_the_older_user(database: Database) -> None:
    async with database.write() as tx:
        older, younger = await two(tx)
        scope = Scope.workspace(older.workspace)
        await settings.put(tx, scope, "voting", {"voters": [younger.user, "x"]})
        draft = await drafts.add(tx, a_draft(older.user, older.workspace, NOW, LATER), "more", {"user": younger.user})
        await linking.join(tx, older.user, younger.user, NOW)
        assert (await settings.of(tx, scope))[scope]["voting"] == {"voters": [older.user, "x"]}
        waiting = await drafts.get(tx, draft.id)
        assert waiting
        assert waiting.data == {"user": older.user}


async def test_a_new_code_ends_the_one_before(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        for key in ("1" * 32, "2" * 32):
            await drafts.settle_all(tx, ada.user, "link", NOW)
            await drafts.add(tx, replace(a_draft(ada.user, ada.workspace, NOW, LATER), id=key), "link", {})
        rows = (await tx.execute(select(metadata.tables["drafts"].c["id", "settled_at"]))).all()
    assert {id_[0]: settled for id_, settled in rows} == {"1": NOW, "2": None}
