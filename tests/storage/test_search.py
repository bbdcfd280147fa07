"""Finding pictures by the words of their prompts."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.db.database import Database
from storage.queries import gallery, search
from storage.queries.gallery import Filter
from tests.storage.rows import EXAMPLES, Cast, a_picture, somebody

PROMPT = "Élodie près de l'océan, sci-fi look, 85mm f/1.8, colours 3:2, a_b, 猫 und Straße"


async def _drawn(database: Database, *prompts: str) -> Cast:
    """Somebody with a picture for each prompt."""
    async with database.write() as tx:
        ada = await somebody(tx)
        for prompt in prompts:
            await search.index(tx, (await a_picture(tx, ada)).generation, prompt)
    return ada


async def _found(database: Database, ada: Cast, words: str) -> int:
    async with database.read() as tx:
        return len(await gallery.page(tx, Filter(user=ada.user, text=words), limit=99))


@pytest.mark.parametrize(
    "words",
    [
        "Élodie", "élodie", "ELODIE", "e\u0301lodie", "oce", "OCÉ", "colour", "ocean elodie", "elodie,ocean!", "sci fi",
        "sci-fi", "fi", "85mm", "85", "f/1.8", "8", "3:2", "a_b", "b", "猫", "strasse", "straße", "l'oc", "look  sci",
    ],
)  # fmt: skip
async def test_a_picture_is_found_by_how_words_begin_without_regard_to_accents(database: Database, words: str) -> None:
    ada = await _drawn(database, PROMPT, "a red fox")
    assert await _found(database, ada, words) == 1


@pytest.mark.parametrize("words", ["cean", "elodie fox", "dog", "oceans", "lodie"])
async def test_a_word_that_is_missing_finds_nothing(database: Database, words: str) -> None:
    assert await _found(database, await _drawn(database, PROMPT, "a red fox"), words) == 0


@pytest.mark.parametrize(
    "words",
    [
        "cats OR dogs", "cats | dogs", "cats AND NOT dogs", "NOT cats", "cats -dogs", "cats & !dogs", "cats NEAR dogs",
        "words:cats", "^cats", "cats <-> dogs", "dogs:*",
    ],
)  # fmt: skip
async def test_operators_of_search_languages_are_words_like_others(database: Database, words: str) -> None:
    ada = await _drawn(database, "cats", "dogs", "red foxes")
    plain = " ".join("".join(char if char.isalnum() else " " for char in words).split())
    expected = 1 if plain in ("cats", "dogs") else 0
    assert await _found(database, ada, words) == expected


@pytest.mark.parametrize(
    "words", ['"cats"', "'cats'", '"cats', "cats'", "cats*", "cats%", "(cats", "cats)", "cats\\", "“cats”"]
)
async def test_quotes_and_wildcards_are_no_part_of_a_word(database: Database, words: str) -> None:
    assert await _found(database, await _drawn(database, "cats", "dogs"), words) == 1


@pytest.mark.parametrize("words", ["c%s", "c_ts", "c*s", "%", "dogs' OR '1'='1", "dogs; DROP TABLE images"])
async def test_nothing_a_person_writes_means_anything_in_sql(database: Database, words: str) -> None:
    ada = await _drawn(database, "cats", "dogs")
    assert await _found(database, ada, words) == (2 if words == "%" else 0)
    assert await _found(database, ada, "cats") == 1


@pytest.mark.parametrize("words", ["", "   ", "!?", '""', "*", "_", "…", "🦊"])
async def test_without_words_nothing_is_asked_for(database: Database, words: str) -> None:
    assert await _found(database, await _drawn(database, "cats", "dogs"), words) == 2


async def test_a_word_of_any_length_is_found(database: Database) -> None:
    ada = await _drawn(database, "é" * 3000, "㍿" * 4000)
    assert await _found(database, ada, "e" * 3000) == 1
    assert await _found(database, ada, "㍿" * 200) == 1
    assert await _found(database, ada, "e" * 5) == 1


async def test_somebody_elses_pictures_are_not_searched(database: Database) -> None:
    await _drawn(database, "cats")
    assert await _found(database, await _drawn(database, "dogs"), "cats") == 0


_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


@given(prompt=_TEXTS, other=_TEXTS)
@example(prompt="ℌ K ﬁ ß İ ͅ", other="__ ١٢٣ ½ ² x̌")
@EXAMPLES
async def test_every_prompt_is_found_by_its_own_words_and_no_words_break_a_search(
    database: Database, prompt: str, other: str
) -> None:
    ada = await _drawn(database, prompt)
    assert await _found(database, ada, prompt) == 1
    assert await _found(database, ada, prompt.upper()) in (0, 1)
    assert await _found(database, ada, other) in (0, 1)
