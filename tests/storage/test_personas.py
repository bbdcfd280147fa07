"""Personas: one name means one persona, however it is spelled."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.db.database import Database
from storage.tables import personas
from storage.tables.personas import NameTaken, name_key
from tests.storage.rows import EXAMPLES, NOW, a_persona, somebody

FANCY = "\N{MATHEMATICAL BOLD CAPITAL M}ila"
WIDE = "\N{FULLWIDTH LATIN CAPITAL LETTER M}ila"


@pytest.mark.parametrize("again", ["mila", "MILA", "  Mila ", FANCY, WIDE])
async def test_a_name_is_taken_however_it_is_spelled(database: Database, again: str) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        id_ = await a_persona(tx, ada, "Mila")
        with pytest.raises(NameTaken):
            await a_persona(tx, ada, again)
        found = await personas.find(tx, ada.user, again)
    assert found is not None
    assert found.id == id_


async def test_a_name_is_taken_in_each_unicode_form(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        await a_persona(tx, ada, unicodedata.normalize("NFC", "Élodie"))
        with pytest.raises(NameTaken):
            await a_persona(tx, ada, unicodedata.normalize("NFD", "élodie"))


async def test_a_transaction_goes_on_after_a_name_was_taken(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        await a_persona(tx, ada, "Mila")
        with pytest.raises(NameTaken):
            await a_persona(tx, ada, "Mila")
        await a_persona(tx, ada, "Noor")
    async with database.read() as tx:
        assert [one.name for one in await personas.owned(tx, ada.user)] == ["Mila", "Noor"]


async def test_two_people_may_use_the_same_name(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        assert await a_persona(tx, ada, "Mila") != await a_persona(tx, bo, "Mila")


async def test_a_deleted_persona_is_gone_and_its_name_free(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        first = await a_persona(tx, ada, "Mila")
        await personas.delete(tx, first, NOW)
        assert await personas.get(tx, first) is None
        assert await personas.find(tx, ada.user, "Mila") is None
        assert await personas.owned(tx, ada.user) == ()
        second = await a_persona(tx, ada, "Mila")
        await personas.delete(tx, second, NOW)
        await a_persona(tx, ada, "Mila")


async def test_somebody_elses_persona_is_not_found_by_name(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        await a_persona(tx, ada, "Mila")
        assert await personas.find(tx, bo.user, "Mila") is None


async def test_a_name_that_grows_when_its_spelling_is_evened_out_still_fits(database: Database) -> None:
    ligature = "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 60
    async with database.write() as tx:
        ada = await somebody(tx)
        await a_persona(tx, ada, ligature)
        assert await personas.find(tx, ada.user, ligature) is not None


@given(st.text())
@EXAMPLES
def test_every_spelling_of_a_name_has_the_same_key(name: str) -> None:
    forms = [unicodedata.normalize(form, name) for form in ("NFC", "NFD", "NFKC", "NFKD")]
    assert {name_key(spelling) for spelling in (*forms, forms[1].casefold(), name_key(name))} == {name_key(name)}
