"""Personas that change, are shared in places, and depict somebody."""

import pytest

from storage.db.database import Database
from storage.tables import personas
from storage.tables.personas import NameTaken
from tests.storage.rows import NOW, a_persona, somebody


async def test_a_persona_is_shared_in_the_places_that_were_named_and_in_no_other(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        mila = await a_persona(tx, ada)
        await personas.share(tx, mila, ada.workspace, NOW)
        assert await personas.is_shared(tx, mila, ada.workspace)
        assert not await personas.is_shared(tx, mila, bo.workspace)
        assert [one.id for one in await personas.shared(tx, ada.workspace)] == [mila]
        assert await personas.shared(tx, bo.workspace) == ()


async def test_sharing_twice_is_sharing_and_taking_it_back_twice_is_not(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        mila = await a_persona(tx, ada)
        for at in (NOW, NOW + 1):
            await personas.share(tx, mila, ada.workspace, at)
        await personas.share(tx, mila, bo.workspace, NOW)
        for _ in range(2):
            await personas.share(tx, mila, ada.workspace, None)
            assert not await personas.is_shared(tx, mila, ada.workspace)
        assert await personas.is_shared(tx, mila, bo.workspace), "another place keeps it"


async def test_shared_personas_come_by_name_and_deleted_ones_not_at_all(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        ids = {name: await a_persona(tx, owner, name) for owner, name in ((ada, "Noor"), (bo, "anna"), (ada, "Gone"))}
        for id_ in ids.values():
            await personas.share(tx, id_, ada.workspace, NOW)
        await personas.delete(tx, ids["Gone"], NOW)
        assert [one.name for one in await personas.shared(tx, ada.workspace)] == ["anna", "Noor"]


async def test_only_the_facts_that_are_named_change(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        id_ = await a_persona(tx, ada, "Mila")
        await personas.change(tx, id_, marks="a scar", traits=["tall", "red-hair"])
        await personas.change(tx, id_, description="an adult")
        await personas.change(tx, id_, depicts=ada.user)
        mila = await personas.get(tx, id_)
    assert mila is not None
    assert (mila.name, mila.description, mila.marks, mila.traits) == (
        "Mila",
        "an adult",
        "a scar",
        ("tall", "red-hair"),
    )
    assert mila.depicts == ada.user


async def test_a_new_name_is_found_in_every_spelling_and_frees_the_old_one(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        id_ = await a_persona(tx, ada, "Mila")
        await personas.change(tx, id_, name="Élodie")
        found = await personas.find(tx, ada.user, "ÉLODIE")
        assert found is not None
        assert found.id == id_
        assert await personas.find(tx, ada.user, "Mila") is None
        await a_persona(tx, ada, "Mila")


async def test_a_name_that_is_taken_changes_nothing_and_the_transaction_goes_on(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        await a_persona(tx, ada, "Mila")
        noor = await a_persona(tx, ada, "Noor")
        with pytest.raises(NameTaken):
            await personas.change(tx, noor, name="MILA", marks="a scar")
        await personas.change(tx, noor, marks="a tattoo")
    async with database.read() as tx:
        found = await personas.get(tx, noor)
    assert found is not None
    assert (found.name, found.marks) == ("Noor", "a tattoo")


async def test_who_is_depicted_finds_the_personas_whoever_they_belong_to(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        ids = [await a_persona(tx, owner) for owner in (ada, bo)]
        gone = await a_persona(tx, ada, "Gone")
        await a_persona(tx, ada, "Somebody else")
        for id_ in (*ids, gone):
            await personas.change(tx, id_, depicts=bo.user)
        await personas.delete(tx, gone, NOW)
        assert [one.id for one in await personas.depicting(tx, bo.user)] == ids
        assert await personas.depicting(tx, ada.user) == ()
