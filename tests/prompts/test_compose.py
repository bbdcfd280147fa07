"""The prompt a model gets: the person's words, who the persona is, and what each photo is for, in that order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.compose import Character, compose
from providers.contract.model import Role

MILA = Character("Mila", "illustrated", "a red-haired witch with a green hat")


def test_words_alone_stay_as_they_are() -> None:
    assert compose("a red fox,\nin snow") == "a red fox,\nin snow"


def test_words_come_first_then_the_character_then_the_photos() -> None:
    assert compose("in the rain", MILA, ["face", "outfit"]).split("\n") == [
        "in the rain",
        "Mila is an illustrated character: a red-haired witch with a green hat.",
        "Photo 1 shows the face to keep exactly alike; photo 2 shows the outfit to wear.",
    ]


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("real", "Mila is an adult."),
        ("fictional", "Mila is a fictional adult."),
        ("illustrated", "Mila is an illustrated character."),
        ("product", "Mila is a product."),
    ],
)
@pytest.mark.parametrize("description", ["", "   ", "...", " . "], ids=repr)
def test_a_character_without_a_description_is_named_by_its_kind(kind: str, what: str, description: str) -> None:
    assert compose("smiling", Character("Mila", kind, description)) == f"smiling\n{what}"


@pytest.mark.parametrize("description", ["tall", "tall.", " tall. ", "tall...", "tall . ", "tall.\t"], ids=repr)
def test_a_description_ends_in_one_dot_whether_or_not_it_was_written(description: str) -> None:
    assert compose("smiling", replace(MILA, description=description)).endswith(
        "Mila is an illustrated character: tall."
    )


def test_photos_are_named_by_their_position_and_role_even_when_roles_repeat() -> None:
    assert compose("a", None, ["style", "face", "style"]) == (
        "a\nPhoto 1 shows the style to draw in; photo 2 shows the face to keep exactly alike; "
        "photo 3 shows the style to draw in."
    )


@pytest.mark.parametrize("role", Role)
def test_every_role_of_the_contract_has_words_of_its_own(role: str) -> None:
    others = {compose("a", None, [other]) for other in Role if other != role}
    assert compose("a", None, [role]) not in others


def test_blank_edges_of_the_words_go_and_nothing_else() -> None:
    assert compose("  a  fox \n") == "a  fox"


@given(st.text(), st.text(min_size=1), st.lists(st.sampled_from(Role), max_size=6))
def test_words_and_description_are_in_the_prompt_as_written(words: str, description: str, roles: list[str]) -> None:
    prompt = compose(words, replace(MILA, description=description), roles)
    assert prompt.startswith(words.strip())
    assert description.strip().rstrip(" .").strip() in prompt
    if roles:
        assert prompt.split("\n")[-1].count(" shows ") == len(roles)
