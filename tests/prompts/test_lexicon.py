"""Words are found as people write them."""

import pytest

from prompts.lexicon import Lexicon, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("city", "cities"),
        ("painting", "PAINTINGS"),
        ("château", "chateaux"),
        ("peint", "peintes"),
        ("photographie", "photographies"),
        ("85mm", "35mm"),
        ("e-commerce", "E commerce"),
        ("œuf", "oeufs"),
    ],
)
def test_case_accents_plurals_and_genders_are_one_word(one: str, other: str) -> None:
    assert stems(one) == stems(other)


@pytest.mark.parametrize(("one", "other"), [("2d", "3d"), ("glass", "gla"), ("cart", "car"), ("art", "party")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert stems(one) != stems(other)


def test_the_longest_phrase_counts_and_its_parts_do_not() -> None:
    found = Lexicon([("oil", "food"), ("painting", "art"), ("oil painting", "canvas")]).found("An oil-painting")
    assert list(found) == [(1, "canvas")]


def test_a_phrase_counts_once_and_at_its_first_place() -> None:
    assert list(Lexicon([("fox", "animal")]).found("fox, foxes and a fox")) == [(0, "animal")]


def test_a_phrase_may_mean_several_things() -> None:
    assert list(Lexicon([("bow", "ribbon"), ("bow", "weapon")]).found("a bow")) == [(1, "ribbon"), (1, "weapon")]


def test_a_word_inside_another_is_not_found() -> None:
    assert not list(Lexicon([("art", "art")]).found("a party in the carts"))
