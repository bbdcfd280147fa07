"""The traits a persona is described by."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prompts.rules import broken
from prompts.traits import Category, TooMany, UnknownTrait, categories, described, labels

ALL = [option for category in categories() for option in category.options]


@st.composite
def choices(draw: st.DrawFn) -> list[str]:
    """As many traits as go together, in any order."""
    chosen = [
        option.id
        for category in categories()
        for option in draw(st.lists(st.sampled_from(category.options), max_size=category.most, unique=True))
    ]
    return draw(st.permutations(chosen))


def test_the_catalogue_holds_seven_categories_and_eighty_six_traits() -> None:
    assert [category.id for category in categories()] == ["identity", "face", "eyes", "hair", "mouth", "marks", "style"]
    assert len(ALL) == 86


def test_ids_are_short_and_unique() -> None:
    ids = [option.id for option in ALL]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", id) and len(id) <= 20 for id in ids)


@pytest.mark.parametrize("category", categories(), ids=lambda category: category.id)
def test_every_label_stands_in_both_languages(category: Category) -> None:
    for label in (category.label, *(option.label for option in category.options)):
        assert label.en
        assert label.fr
        assert "'" not in label.fr, "typographic apostrophes"
    assert 1 <= category.most <= len(category.options)


def test_a_person_is_described_in_the_order_of_the_catalogue() -> None:
    assert described(["glasses", "curly-hair", "forties", "woman"]) == (
        "An adult woman, in their forties, curly hair texture, wearing prescription glasses."
    )


def test_somebody_of_whom_only_the_eyes_are_known_is_an_adult() -> None:
    assert described({"green-eyes"}) == "An adult, green eyes."


def test_somebody_of_whom_nothing_is_known_is_an_adult() -> None:
    assert described([]) == "An adult."


def test_a_trait_named_twice_counts_once() -> None:
    assert described(["woman", "woman"]) == "An adult woman."


@settings(deadline=None)
@given(choices())
def test_every_description_says_adult_and_breaks_no_rule(ids: list[str]) -> None:
    sentence = described(ids)
    assert re.search(r"\badult\b", sentence, re.IGNORECASE)
    assert sentence.endswith(".")
    assert broken(sentence, young=True) is None
    assert sentence == described(sorted(ids))


def test_an_unknown_trait_is_named() -> None:
    with pytest.raises(UnknownTrait) as caught:
        described(["woman", "wings"])
    assert caught.value.id == "wings"


def test_too_many_of_a_category_are_refused_by_its_name() -> None:
    with pytest.raises(TooMany) as caught:
        described(["oval-face", "round-face"])
    assert (caught.value.category, caught.value.most) == ("face", 1)


def test_labels_are_read_in_the_persons_language() -> None:
    assert labels(["glasses", "woman"], "fr") == ("Femme adulte", "Lunettes de vue")
    assert labels(["glasses", "woman"], "de") == ("Adult woman", "Glasses")


def test_labels_of_an_unknown_trait_are_refused() -> None:
    with pytest.raises(UnknownTrait):
        labels(["wings"], "en")
