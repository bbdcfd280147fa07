"""Every word a person reads exists in both languages, is asked for, and renders."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import product

import pytest

from bot.core.generation.settlement import problem_of
from bot.locales.words import LANGUAGES, render
from tests.locales.asked import Asked, all_asked, in_source
from tests.locales.families import failures, families
from tests.locales.ftl import by_key, messages, misspelt

COUNTS = (0, 1, 2, 1000)
NUMBERS = (
    "count", "done", "images", "keeps", "least", "left", "length", "limit", "megabytes", "megapixels", "most",
    "number", "page", "pages", "photo", "place", "rejects", "running", "seconds", "total", "used", "waiting",
)  # fmt: skip
"""Variables that hold numbers; `best` is yes or no, all others are words."""

BUTTON_LONGEST = 40
FIELD_LONGEST = 45
"""Discord's limit for the label of a form's field and for a form's title."""
ABOUT_LONGEST = 100
"""Discord's limit for the description of a command or an option."""

# French sets no-break spaces before high punctuation and inside quotes; a colon between digits is a ratio.
BAD_FRENCH = re.compile(r"[^\u00a0][;!?»]|«[^\u00a0]|(?<![\u00a0\d]):(?!\w)|'")


def plausible(key: str) -> Iterator[dict[str, str | int]]:
    """Values for all variables of a message, so that each of its plural forms is met."""
    names = sorted(by_key("en")[key].variables)
    values: list[tuple[str | int, ...]] = [
        COUNTS if name in NUMBERS else ("yes", "no") if name == "best" else ("Mila",) for name in names
    ]
    return (dict(zip(names, chosen, strict=True)) for chosen in product(*values))


def keys_of(asked: Asked) -> tuple[str, ...]:
    """The full keys behind one place in the code; a family not known to be closed is what matches it."""
    if "*" not in asked.key:
        return (asked.key,)
    known = families().get(asked.key)
    return known or tuple(key for key in by_key("en") if fnmatchcase(key, asked.key))


def asked_by_data() -> set[str]:
    """Descriptions the catalogue of commands derives from names, and its choices."""
    return {key for family in ("command-*", "option-*", "choice-*") for key in families()[family]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_is_fluent(language: str) -> None:
    assert misspelt(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_written_twice(language: str) -> None:
    keys = [message.key for message in messages(language)]
    assert sorted(keys) == sorted(set(keys))


def test_french_has_the_same_messages_in_the_same_files_and_order() -> None:
    english, french = ([(one.file, one.key) for one in messages(language)] for language in LANGUAGES)
    assert french == english


def test_a_message_uses_the_same_variables_in_both_languages() -> None:
    french = by_key("fr")
    assert {key: french[key].variables for key in by_key("en")} == {
        key: message.variables for key, message in by_key("en").items()
    }


def test_every_message_the_code_asks_for_exists() -> None:
    missing = {
        f"{asked.where}: {asked.key}"
        for asked in all_asked()
        if not (keys := keys_of(asked)) or not by_key("en").keys() >= set(keys)
    }
    assert missing == set()


def test_every_member_of_a_family_exists() -> None:
    assert {key for keys in families().values() for key in keys} - by_key("en").keys() == set()


def test_every_message_that_exists_is_asked_for() -> None:
    asked = asked_by_data().union(*(keys_of(one) for one in all_asked()))
    assert by_key("en").keys() - asked == set()


def test_the_code_gives_each_message_the_values_it_uses() -> None:
    english = by_key("en")
    lacking = {
        f"{asked.where}: {key} lacks {', '.join(sorted(english[key].variables - asked.gives))}"
        for asked in all_asked()
        if asked.gives is not None
        for key in keys_of(asked)
        if key in english and not english[key].variables <= asked.gives
    }
    assert lacking == set()


def test_keys_are_found_in_every_way_the_code_writes_them() -> None:
    source = (
        'button("a-b" if here else f"c-{kind}", "verb", row, name=1); words.render("d", {"e": 1}, locale)\n'
        'Button(label=say("f", g_h=1)); Ruling(refused="i"); say(spec.key); say("j", **facts)\n'
        'console.say("k"); images.move(tx, problem="l")'
    )
    assert set(in_source(source, "x.py")) == {
        Asked("a-b", "x.py:1", "button", frozenset({"name"})),
        Asked("c-*", "x.py:1", "button", frozenset({"name"})),
        Asked("d", "x.py:1", "words", frozenset({"e"})),
        Asked("f", "x.py:2", "button", frozenset({"g-h"})),
        Asked("i", "x.py:2"),
        Asked("j", "x.py:2"),
        Asked("problem-l", "x.py:3"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_renders_in_all_its_forms(language: str) -> None:
    for key in by_key(language):
        for values in plausible(key):
            rendered = render(key, values, language)
            assert rendered == rendered.strip() != "", key
            assert not re.search(r"[{}\n\u2068\u2069]|  ", rendered), (key, rendered)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_failure_of_a_provider_is_told_with_the_facts_it_brings(language: str) -> None:
    for failure in failures():
        problem, facts = problem_of(failure)
        assert render(f"problem-{problem}", facts, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_are_short_enough_for_a_phone(language: str) -> None:
    labels = {key for asked in all_asked() if asked.use == "button" for key in keys_of(asked)}
    assert {"button-keep", "button-cancel", "consent-answer-me", "button-save"} <= labels
    assert too_long(labels, BUTTON_LONGEST, language) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_and_menus_stay_within_what_discord_shows(language: str) -> None:
    fields = {key for asked in all_asked() if asked.use == "field" for key in keys_of(asked)}
    assert {"option-prompt", "form-make"} <= fields
    assert too_long(fields, FIELD_LONGEST, language) == set()
    assert too_long(asked_by_data(), ABOUT_LONGEST, language) == set()


@pytest.mark.parametrize("file", sorted({message.file for message in messages("fr")}))
def test_french_is_set_as_french_is(file: str) -> None:
    keys = [message.key for message in messages("fr") if message.file == file]
    rendered = {render(key, values, "fr") for key in keys for values in plausible(key)}
    assert {words for words in rendered if BAD_FRENCH.search(words)} == set()


def too_long(keys: set[str], most: int, language: str) -> set[str]:
    """Which of these messages have more than `most` characters with short values."""
    rendered = {render(key, values, language) for key in keys for values in plausible(key)}
    return {words for words in rendered if len(words) > most}
