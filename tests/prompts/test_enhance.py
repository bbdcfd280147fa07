"""Prompts made fuller: the person's words first and untouched, nothing said twice, nothing against them."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prompts.classify import kinds
from prompts.enhance import ENHANCEMENTS, LONGEST, Quality, enhance
from prompts.labels import Label
from prompts.library import SUBJECT, Template, filled, template, templates
from prompts.rules import broken
from prompts.slots import named, slots

DATA = tomllib.loads(ENHANCEMENTS.read_text("utf-8"))

NONE = Label("", "")
SAVED = [
    Template("a", "", "", NONE, NONE, "{subject}"),
    Template("b", "", "", NONE, NONE, "Oil painting of {subject}"),
    Template("c", "art", "painting", NONE, NONE, "{subject}."),
    Template("d", "photography", "portrait", NONE, NONE, "Photo of {subject}, my way.\nBy day."),
]

qualities = st.sampled_from(Quality)
phrases = st.sampled_from(
    [
        "a red fox",
        "Mila",
        "by candlelight",
        "85mm lens",
        "watercolour",
        "noir et blanc",
        "{subject}",
        "\n",
        ". ",
        "sans texte",
    ]
)
words = st.text() | st.lists(phrases, min_size=1, max_size=6).map(" ".join)
some_template = st.none() | st.sampled_from([*templates(), *SAVED])


def added(text: str, quality: Quality) -> str:
    return enhance(text, quality).removeprefix(text)


def test_plain_leaves_the_words_as_they_are() -> None:
    assert enhance("a woman laughing", "plain") == "a woman laughing"


def test_plain_fills_the_template() -> None:
    studio = template("studio-portrait")
    assert studio
    assert enhance("Mila laughing", "plain", studio) == filled(studio, "Mila laughing")


def test_good_adds_light_lens_and_composition_as_one_line() -> None:
    assert enhance("a woman laughing", "good") == (
        "a woman laughing\n"
        "Soft directional light from one side, gentle fill, natural shadows. 85mm lens at f/2.8, eyes in sharp focus. "
        "Eye-level view with the subject clear of the edges of the frame."
    )


def test_best_adds_to_good_setting_colour_texture_and_what_to_avoid() -> None:
    good, best = enhance("a woman laughing", "good"), enhance("a woman laughing", "best")
    assert best.startswith(good)
    assert best.removeprefix(good) == (
        " An uncluttered background, softly out of focus. True-to-life colours, nothing oversaturated. "
        "Natural detail in skin, hair and fabric, nothing smoothed away. "
        "Avoid waxy surfaces, distorted hands and watermarks."
    )


@pytest.mark.parametrize(
    ("text", "more", "absent"),
    [
        ("a woman", " at sunset", "light"),
        ("une femme", " au crépuscule", "light"),
        ("a woman", ", 35mm lens", "85mm"),
        ("a woman", ", full body", "Eye-level"),
        ("a woman", " in Rome", "background"),
        ("a woman", ", black and white", "colours"),
        ("a woman", ", no jewellery", "Avoid"),
        ("a woman", ", watercolour", "lens"),
        ("une femme", " en bande dessinée", "skin"),
        ("a bowl of soup", ", side view", "three-quarter"),
    ],
)
def test_what_the_words_settle_is_not_said_again(text: str, more: str, absent: str) -> None:
    assert absent in added(text, "best")
    assert absent not in added(text + more, "best")


def test_a_template_says_what_kind_of_picture_it_is() -> None:
    shop = template("product-on-white")
    assert shop
    assert "True-to-life colours" in enhance("a woman with freckles", "best")
    assert "Exact product colours" in enhance("a woman with freckles", "best", shop)


@pytest.mark.parametrize("around", templates(), ids=lambda each: each.id)
def test_what_the_template_says_is_not_said_again(around: Template) -> None:
    more = enhance("Mila", "best", around).removeprefix(filled(around, "Mila"))
    for slot, sentence in DATA["kinds"][around.kind].items():
        assert not (slot in around.slots and sentence in more)


def test_words_of_no_known_kind_get_what_suits_every_picture() -> None:
    assert added("xyzzy", "good") == (
        "\nOne clear main light with gentle, believable shadows. A simple composition with one clear focus."
    )


@pytest.mark.parametrize("text", ["", "  ", "\n"], ids=repr)
def test_nothing_stays_nothing(text: str) -> None:
    assert enhance(text, "best") == text


@settings(deadline=None)
@given(words, qualities, some_template)
def test_the_words_come_first_as_written(text: str, quality: Quality, around: Template | None) -> None:
    before = around.words.partition(SUBJECT)[0] if around else ""
    assert enhance(text, quality, around).startswith((before + text, text))


@settings(deadline=None)
@given(words, qualities, some_template)
def test_enhancing_again_changes_nothing(text: str, quality: Quality, around: Template | None) -> None:
    once = enhance(text, quality, around)
    assert enhance(once, quality, around) == once


@settings(deadline=None)
@given(words, qualities, qualities, some_template)
def test_a_better_quality_adds_and_a_lesser_one_takes_nothing_away(
    text: str, first: Quality, second: Quality, around: Template | None
) -> None:
    better = max(first, second, key=tuple(Quality).index)
    assert enhance(enhance(text, first, around), second, around) == enhance(text, better, around)


@settings(deadline=None)
@given(words, qualities, some_template, st.integers(0, 500))
def test_a_prompt_never_grows_beyond_the_longest(
    text: str, quality: Quality, around: Template | None, room: int
) -> None:
    full = (text or "a fox ") * LONGEST
    long = full[: LONGEST - room]
    once = enhance(long, quality, around)
    assert len(once) <= LONGEST
    assert long in once
    assert enhance(once, quality, around) == once


def test_words_longer_than_the_longest_stay_as_they_are() -> None:
    assert enhance("a" * (LONGEST + 1), "best") == "a" * (LONGEST + 1)


@settings(deadline=None)
@given(words, qualities)
def test_no_slot_that_the_words_settle_is_filled(text: str, quality: Quality) -> None:
    fresh = added(text, quality)
    for table in [*DATA["kinds"].values(), DATA["unknown"]]:
        for slot in named(text) & table.keys():
            assert table[slot] not in fresh


def test_every_kind_has_sentences_and_every_slot_has_words() -> None:
    offered = {slot for level in DATA["qualities"].values() for slot in level}
    assert set(DATA["kinds"]) == set(kinds())
    assert tuple(DATA["qualities"]) == tuple(Quality)
    assert offered <= slots()
    for table in [*DATA["kinds"].values(), DATA["unknown"]]:
        assert table.keys() <= offered
        assert {"framing", "colour", "avoid"} <= table.keys()
        assert all(sentence.endswith(".") for sentence in table.values())
        assert broken("sexy " + " ".join(table.values())) is None, "nothing is said of anybody young"
        assert broken(" ".join(table.values()), young=True) is None
