"""Deleting a person: nothing of theirs stays in any table, and what they spent stays spent."""

from typing import Any

import pytest
from sqlalchemy import select, text

from storage.db.database import Database, Transaction
from storage.privacy import erasure, personal_data_map
from storage.privacy.erasure import Erased
from storage.privacy.personal_data_map import Count
from storage.queries import search
from storage.tables import (
    attempts,
    consents,
    drafts,
    front_facts,
    images,
    ledger,
    people,
    personas,
    posted_messages,
    references,
    saved_prompts,
    settings,
    strikes,
    transcripts,
    votes,
    web_accounts,
    web_invitations,
    web_sessions,
    workspaces,
)
from storage.tables.attempts import Terms
from storage.tables.consents import Consent, Subject
from storage.tables.enums import StrikeKind, SubjectKind, Unit, WebRole
from storage.tables.front_facts import FactKey
from storage.tables.ledger import Reservation, Usage
from storage.tables.owners import BOT, Account, Scope
from storage.tables.posted_messages import Posted
from storage.tables.pseudonyms import PLATFORM
from storage.tables.references import ReferencePhoto
from storage.tables.saved_prompts import SavedPrompt
from storage.tables.schema import metadata
from storage.tables.transcripts import Entry
from storage.tables.votes import Vote
from storage.tables.web_invitations import Invitation
from tests.storage.rows import NOW, Cast, a_draft, a_generation, a_persona, a_photo, a_picture, an_image, somebody

ID = "ada-lovelace-1815"
NAME = "Ada Lovelace"
HOME = "home-of-ada"


async def ada_in(tx: Transaction) -> Cast:
    """Ada in a private chat and a group."""
    user = await people.find_or_add(tx, "test", ID, NAME, NOW)
    home = await workspaces.find_or_add(tx, "test", HOME, "private", NOW)
    group = await workspaces.find_or_add(tx, "test", "group", "group", NOW)
    for workspace in (home, group):
        await workspaces.join(tx, workspace.id, user.id)
    return Cast(user.id, group.id)


async def everything(tx: Transaction, ada: Cast) -> tuple[ReferencePhoto, str]:
    """A row of Ada's in every table; her photo and her picture."""
    account = Account.user(ada.user)
    persona = await a_persona(tx, ada)
    await personas.share(tx, persona, ada.workspace, NOW)
    photo = await a_photo(tx, ada, persona=persona)
    request = await a_generation(tx, ada, photo.id, persona=persona, prompt="secret words", final_prompt="secret")
    picture = await an_image(tx, request, status="done", blob="b" * 64, thumbnail="t" * 64)
    await attempts.begin(tx, picture.id, Terms("scripted", "local", 0), NOW)
    await search.index(tx, request.id, "secret words")
    await posted_messages.put(tx, Posted("test", "group", "7", request.id, "result"), NOW)
    await votes.put(tx, Vote(picture.id, ada.user, "keep", False), NOW)
    await consents.add(tx, Consent(ada.user, Subject(SubjectKind.PHOTO, "p"), "me", "w"), NOW)
    await drafts.add(tx, a_draft(ada.user, ada.workspace, NOW, NOW + 1), "photo", {"secret": 1})
    await settings.put(tx, Scope.user(ada.user), "language", "fr")
    await strikes.add(tx, ada.user, StrikeKind.REFUSED_WORDS, NOW, rule="secret")
    await front_facts.put(tx, FactKey("test", "group", "fact"), {"secret": 1}, owner=ID, now=NOW)
    await front_facts.put(tx, FactKey("test", HOME, "layout"), {"secret": 1}, owner=None, now=NOW)
    await saved_prompts.put(tx, ada.user, SavedPrompt("Fox", "a secret fox"), NOW)
    await ledger.reserve(tx, [Reservation(picture.id, (account, BOT), {Unit.IMAGE: 1, Unit.MICRODOLLAR: 9})], NOW)
    await ledger.settle(tx, picture.id, {"image": 1, "microdollar": 9}, NOW)
    account = await web_accounts.add(tx, "secret account", WebRole.MEMBER, NOW)
    await people.add_identity(tx, ada.user, "web", account.id, account.name)
    await web_sessions.add(tx, "s" * 32, account, "secret device", NOW)
    invitation = Invitation(id="i" * 32, role=WebRole.MEMBER, created_by=ada.user, expires_at=NOW + 1)
    await web_invitations.add(tx, invitation, NOW)
    await say(tx, "group", "own", author=ID)
    await say(tx, "group", "told", private_to=ID)
    await say(tx, HOME, "home")
    return photo, picture.id


async def say(tx: Transaction, chat: str, id_: str, *, author: str = "bot", private_to: str | None = None) -> None:
    await transcripts.add(tx, Entry(chat, id_, author, "", {"text": "secret"}, private_to, NOW))


async def erased(tx: Transaction, ada: Cast) -> Erased:
    return await erasure.erase(tx, ada.user, NOW)


async def everywhere(tx: Transaction) -> str:
    """All rows of all tables as text."""
    rows: list[Any] = [(await tx.execute(select(table))).all() for table in metadata.sorted_tables]
    return str([*rows, (await tx.execute(text("SELECT * FROM prompt_words"))).all()])


async def test_nothing_of_a_person_stays_in_any_table(database: Database) -> None:
    async with database.write() as tx:
        ada = await ada_in(tx)
        await everything(tx, ada)
        before = await everywhere(tx)
        assert all(trace in before for trace in (ada.user, ID, NAME, HOME, "secret", "Mila", "b" * 64))
        await erased(tx, ada)
        after = await everywhere(tx)
    assert [trace for trace in (ada.user, ID, NAME, HOME, "secret", "Mila", "b" * 64) if trace in after] == []


async def test_it_tells_what_went_and_which_messages_to_remove(database: Database) -> None:
    async with database.write() as tx:
        ada = await ada_in(tx)
        photo, _ = await everything(tx, ada)
        gone = await erased(tx, ada)
    assert gone.count == Count(personas=1, photos=1, requests=1, pictures=1, votes=1, waiting=0)
    assert set(gone.messages) == {
        ("test", "group", "7"),
        ("test", "group", "own"),
        ("test", "group", "told"),
        ("test", HOME, "home"),
        ("test", "group", "fact"),
        ("test", HOME, "layout"),
    }
    assert set(gone.blobs) == {photo.blob, photo.thumbnail, "b" * 64, "t" * 64}


async def test_spent_limits_wait_for_whoever_returns_under_a_new_name(database: Database) -> None:
    async with database.write() as tx:
        ada = await ada_in(tx)
        await everything(tx, ada)
        await erased(tx, ada)
        assert await people.find(tx, "test", ID) is None
        back = await people.find_or_add(tx, "test", ID, "Countess", NOW)
        assert await people.find(tx, "test", ID) == back
        assert back.id != ada.user
        assert back.name == "Countess"
        assert await ledger.usage(tx, Account.user(back.id), "image") == Usage(reserved=0, spent=1)
        assert await ledger.usage(tx, Account.user(back.id), "microdollar") == Usage(reserved=0, spent=9)
        assert await ledger.usage(tx, BOT, "microdollar") == Usage(reserved=0, spent=9)
        stranger = await people.find_or_add(tx, "other", ID, "Somebody", NOW)
        assert stranger.id != back.id


async def test_deleting_and_returning_again_and_again_frees_nothing(database: Database) -> None:
    async with database.write() as tx:
        ada = await ada_in(tx)
        await everything(tx, ada)
        user = ada.user
        for _ in range(3):
            await erasure.erase(tx, user, NOW)
            user = (await people.find_or_add(tx, "test", ID, NAME, NOW)).id
        assert (await ledger.usage(tx, Account.user(user), "image")).spent == 1
        assert len((await tx.execute(select(metadata.tables["users"]))).all()) == 1


async def test_both_identities_of_a_linked_person_return_to_what_they_spent(database: Database) -> None:
    identities = metadata.tables["identities"]
    async with database.write() as tx:
        ada = await ada_in(tx)
        await everything(tx, ada)
        linked = {"platform": "other", "platform_id": "5", "name": NAME, "user_id": ada.user}
        await tx.execute(identities.insert().values(linked))
        await erased(tx, ada)
        first = await people.find_or_add(tx, "other", "5", NAME, NOW)
        await erasure.erase(tx, first.id, NOW)  # while the other identity is still a hash
        users = {
            (await people.find_or_add(tx, platform, id_, NAME, NOW)).id
            for platform, id_ in (("other", "5"), ("test", ID))
        }
        [user] = users
        assert (await ledger.usage(tx, Account.user(user), "image")).spent == 1


async def test_what_operators_decided_cannot_be_shaken_off(database: Database) -> None:
    async with database.write() as tx:
        ada = await ada_in(tx)
        for key, value in (("limit-images-day", 3), ("allowed", True), ("language", "fr")):
            await settings.put(tx, Scope.user(ada.user), key, value)
        await erased(tx, ada)
        back = await people.find_or_add(tx, "test", ID, NAME, NOW)
        scope = Scope.user(back.id)
        assert (await settings.of(tx, scope))[scope] == {"limit-images-day": 3, "allowed": True}


async def test_who_spent_nothing_leaves_nothing(database: Database) -> None:
    async with database.write() as tx:
        ada = await ada_in(tx)
        await erased(tx, ada)
        assert (await tx.execute(select(metadata.tables["users"]))).all() == []
        assert (await tx.execute(select(metadata.tables["identities"]))).all() == []


async def test_of_identities_only_hashes_stay(database: Database) -> None:
    async with database.write() as tx:
        ada = await ada_in(tx)
        await everything(tx, ada)
        await erased(tx, ada)
        left = (await tx.execute(select(metadata.tables["identities"]))).all()
    assert len(left) == 2, "one on the test platform, one of the web account"
    assert {(row.platform, row.name, len(row.platform_id)) for row in left} == {(PLATFORM, "", 64)}


async def test_bytes_that_somebody_else_uses_stay(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await ada_in(tx), await somebody(tx, "Bo")
        await a_photo(tx, ada, blob="shared", thumbnail="small")
        await a_picture(tx, ada, blob="drawn", thumbnail="alone")
        await a_photo(tx, bo, blob="drawn", thumbnail="x")
        await a_picture(tx, bo, blob="shared", thumbnail="y")
        assert set((await erased(tx, ada)).blobs) == {"small", "alone"}


async def test_more_bytes_than_one_query_can_ask_about(database: Database) -> None:
    async with database.write() as tx:
        ada = await ada_in(tx)
        request = await a_generation(tx, ada)
        for number in range(1100):
            await an_image(tx, request, number, status="done", blob=f"b{number}", thumbnail=f"t{number}")
        assert len((await erased(tx, ada)).blobs) == 2200


async def test_what_others_made_stays(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await ada_in(tx), await somebody(tx, "Bo")
        persona = await a_persona(tx, ada)
        photo = await a_photo(tx, ada, persona=persona)
        theirs = await a_photo(tx, bo, persona=persona, expires_at=None)
        request = await a_generation(tx, bo, photo.id, theirs.id, persona=persona)
        picture = await an_image(tx, request, status="done")
        await votes.put(tx, Vote(picture.id, ada.user, "keep", False), NOW)
        await consents.add(tx, Consent(bo.user, Subject(SubjectKind.PERSONA, persona), "adult", "w"), NOW)
        await say(tx, "group", "bo", author=bo.user)
        gone = await erased(tx, ada)
        shown = await images.get(tx, picture.id)
        assert shown
        assert shown.persona is None
        assert gone.judged == (picture.id,)
        assert await votes.of_images(tx, [picture.id]) == ()
        assert [one.id for one in await references.of_generation(tx, request.id)] == [theirs.id]
        assert [one.id for one in await references.expired(tx, NOW)] == [theirs.id]
        assert await transcripts.get(tx, "group", "bo")


async def test_a_private_chat_with_somebody_else_in_it_stays(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await ada_in(tx), await somebody(tx, "Bo")
        home = await workspaces.find(tx, "test", HOME)
        assert home
        await workspaces.join(tx, home.id, bo.user)
        await say(tx, HOME, "told")
        await erased(tx, ada)
        assert await workspaces.find(tx, "test", HOME) == home
        assert await transcripts.get(tx, HOME, "told")


async def test_a_failure_in_the_middle_deletes_nothing(database: Database) -> None:
    async def fails_at_the_end(ada: Cast) -> None:
        async with database.write() as tx:
            await erased(tx, ada)
            raise LookupError

    async with database.write() as tx:
        ada = await ada_in(tx)
        await everything(tx, ada)
        before = await everywhere(tx)
    with pytest.raises(LookupError):
        await fails_at_the_end(ada)
    async with database.read() as tx:
        assert await everywhere(tx) == before


async def test_all_rows_of_a_person_and_no_others_are_told_by_table(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await ada_in(tx), await somebody(tx, "Bo")
        photo, picture = await everything(tx, ada)
        await a_picture(tx, bo)
        rows = await personal_data_map.rows(tx, ada.user)
    named = {table.name for table in metadata.sorted_tables} - {"events", "heartbeats", "operator_alarms", "workspaces"}
    assert set(rows) == named, "every table says whose its rows are"
    assert all(rows[name] for name in named)
    assert [row["id"] for row in rows["images"]] == [picture]
    assert [row["id"] for row in rows["reference_photos"]] == [photo.id]
    assert {row["entry_id"] for row in rows["transcript"]} == {"own", "told", "home"}


async def test_files_are_those_that_have_bytes(database: Database) -> None:
    async with database.write() as tx:
        ada = await ada_in(tx)
        photo, gone = await a_photo(tx, ada), await a_photo(tx, ada)
        await references.delete(tx, [gone.id], NOW)
        picture = await a_picture(tx, ada, blob="b", bytes=5)
        await a_picture(tx, ada, status="failed")
        found = await personal_data_map.files(tx, ada.user)
    assert [(file.kind, file.id, file.bytes) for file in found] == [
        ("reference", photo.id, 640 * 480 // 2),
        ("image", picture.id, 5),
    ]
