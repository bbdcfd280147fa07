"""The templates: well formed, in both languages, harmless, and true to the person's words."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prompts.classify import kinds
from prompts.labels import Label
from prompts.library import SUBJECT, Template, filled, template, templates
from prompts.rules import broken
from prompts.slots import named, slots

ASPECTS = {None, "1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"}

each_template = pytest.mark.parametrize("each", templates(), ids=lambda each: each.id)


def test_there_is_a_template_for_what_people_make_again_and_again() -> None:
    assert len(templates()) >= 24
    assert {"studio-portrait", "headshot", "product-on-white", "character-sheet", "book-cover"} <= {
        each.id for each in templates()
    }


def test_a_template_is_found_by_its_id() -> None:
    found = template("studio-portrait")
    assert found
    assert found.name == Label("Studio portrait", "Portrait en studio")
    assert template("nothing-of-the-kind") is None


def test_ids_and_names_are_unique() -> None:
    for names in ([t.id for t in templates()], [t.name.en for t in templates()], [t.name.fr for t in templates()]):
        assert len(names) == len(set(names))


@each_template
def test_a_template_is_well_formed(each: Template) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", each.id)
    assert each.words.count(SUBJECT) == 1
    assert each.words.startswith(f"{SUBJECT}\n"), "the person's words stand first"
    assert each.kind in kinds()
    assert each.aspect in ASPECTS
    assert each.slots <= slots()
    assert all(sentence.endswith(".") for _, sentence in each.sentences)


@each_template
def test_a_template_has_a_name_and_a_line_about_it_in_both_languages(each: Template) -> None:
    for text in (each.name.en, each.name.fr, each.about.en, each.about.fr):
        assert text.strip() == text
        assert text
    assert max(len(each.name.en), len(each.name.fr)) <= 40
    assert not re.search(r" [:;!?»]|« |'", each.name.fr + each.about.fr), "no-break spaces and typographic apostrophes"


@each_template
def test_a_template_breaks_no_rule_even_where_somebody_young_is_on_a_photo(each: Template) -> None:
    assert broken(filled(each, ""), young=True) is None
    assert broken(f"sexy {filled(each, '')}") is None, "a template speaks of nobody young"


@settings(deadline=None)
@given(st.sampled_from(templates()), st.text())
def test_the_words_are_in_the_prompt_as_written(each: Template, words: str) -> None:
    assert filled(each, words).startswith(words + each.words.removeprefix(SUBJECT))


@pytest.mark.parametrize("words", ["{subject}", "{}", "{0} {name!r}", "100 % {", r"\1 \g<0>"])
def test_braces_and_backslashes_do_no_harm(words: str) -> None:
    assert filled(Template("t", "art", "painting", Label("", ""), Label("", ""), "Oil of {subject}, big"), words) == (
        f"Oil of {words}, big"
    )


def test_a_sentence_gives_way_to_what_the_words_settle() -> None:
    studio = template("studio-portrait")
    assert studio
    assert "softbox" in filled(studio, "Mila laughing")
    assert "softbox" not in filled(studio, "Mila by candlelight")
    assert "softbox" not in filled(studio, "Mila à contre-jour")
    assert "85mm" not in filled(studio, "Mila, 35mm lens")
    assert "85mm" not in filled(studio, "Mila as an anime heroine")


@pytest.mark.parametrize(
    ("words", "slot"),
    [
        ("at golden hour", "light"),
        ("la nuit, sous un réverbère", "light"),
        ("85mm f/1.8", "lens"),
        ("photographié au grand angle", "lens"),
        ("watercolour", "drawn"),
        ("watercolour", "lens"),
        ("en bande dessinée", "drawn"),
        ("seen from above", "framing"),
        ("16:9", "framing"),
        ("en plongée", "framing"),
        ("noir et blanc", "colour"),
        ("no hat", "avoid"),
        ("sans chapeau", "avoid"),
        ("with the title ROMA", "lettering"),
    ],
)
def test_words_settle_slots_in_english_and_french(words: str, slot: str) -> None:
    assert slot in named(words)


def test_words_that_settle_nothing_leave_every_slot_open() -> None:
    assert named("a red fox") == frozenset()


def test_a_label_is_read_in_french_or_else_in_english() -> None:
    label = Label("Poster", "Affiche")
    assert [label.of(locale) for locale in ("fr", "fr-CA", "en-US", "de")] == ["Affiche", "Affiche", "Poster", "Poster"]
