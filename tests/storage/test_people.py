"""People by their identities, and the places where they were met."""

from storage.db.database import Database
from storage.tables import people, workspaces
from tests.storage.rows import NOW, somebody


async def test_nobody_is_behind_an_identity_before_the_first_visit(database: Database) -> None:
    async with database.read() as tx:
        assert await people.find(tx, "test", "7") is None


async def test_a_first_visit_makes_a_person_and_the_next_one_finds_them(database: Database) -> None:
    async with database.write() as tx:
        first = await people.find_or_add(tx, "test", "7", "Ada", NOW)
        assert await people.find_or_add(tx, "test", "7", "Ada", NOW) == first
        assert await people.find(tx, "test", "7") == first
        assert await people.get(tx, first.id) == first


async def test_a_person_goes_by_the_name_they_came_with_last(database: Database) -> None:
    async with database.write() as tx:
        first = await people.find_or_add(tx, "test", "7", "Ada", NOW)
        again = await people.find_or_add(tx, "test", "7", "Ada L.", NOW)
        assert await people.get(tx, first.id) == again
    assert (again.id, again.name) == (first.id, "Ada L.")


async def test_the_same_number_on_another_platform_is_somebody_else(database: Database) -> None:
    async with database.write() as tx:
        here = await people.find_or_add(tx, "test", "7", "Ada", NOW)
        there = await people.find_or_add(tx, "other", "7", "Ada", NOW)
    assert here.id != there.id


async def test_names_are_those_of_the_people_who_exist(database: Database) -> None:
    async with database.write() as tx:
        ada = await people.find_or_add(tx, "test", "7", "Ada", NOW)
        assert await people.names(tx, [ada.id, "nobody"]) == {ada.id: "Ada"}
        assert await people.names(tx, []) == {}


async def test_a_chat_is_one_workspace(database: Database) -> None:
    async with database.write() as tx:
        assert await workspaces.find(tx, "test", "room") is None
        first = await workspaces.find_or_add(tx, "test", "room", "group", NOW)
        assert await workspaces.find_or_add(tx, "test", "room", "group", NOW) == first
        assert await workspaces.find(tx, "test", "room") == first


async def test_somebody_who_was_met_in_a_workspace_is_a_member_of_it(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        await workspaces.join(tx, ada.workspace, ada.user)
        await workspaces.join(tx, ada.workspace, ada.user)
        assert await workspaces.role(tx, ada.workspace, ada.user) == "member"
        assert await workspaces.role(tx, ada.workspace, bo.user) is None
