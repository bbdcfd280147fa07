"""What a button carries: few bytes that still mean the same months later."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.chat.action_ids import LONGEST, Action, parse
from storage.db.ids import new_id

ASCII = st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=":")
PART = st.text(alphabet=ASCII, min_size=1, max_size=16)


def test_an_action_names_a_version_a_verb_and_a_row() -> None:
    assert str(Action("keep", "0199")) == "v1:keep:0199"
    assert str(Action("page", "0199", "2")) == "v1:page:0199:2"


@given(PART, PART, PART | st.just(""))
def test_an_action_comes_back_as_it_was(verb: str, row: str, arg: str) -> None:
    action = Action(verb, row, arg)
    assert parse(str(action)) == action


@pytest.mark.parametrize("verb", ["rejectrest", "consent", "settings"])
def test_the_longest_action_fits_what_platforms_allow(verb: str) -> None:
    assert len(str(Action(verb, new_id(), "unreal")).encode()) <= LONGEST == 64


@pytest.mark.parametrize("action", [Action("keep", "x" * 60), Action("keep", "é" * 30)], ids=["letters", "bytes"])
def test_an_action_that_would_not_fit_is_a_mistake_of_ours(action: Action) -> None:
    with pytest.raises(AssertionError):
        str(action)


@pytest.mark.parametrize("action", [Action("keep", "a:b"), Action("ke:ep", "a"), Action("page", "a", "1:2")])
def test_an_action_that_could_not_be_read_again_is_a_mistake_of_ours(action: Action) -> None:
    with pytest.raises(AssertionError):
        str(action)


@pytest.mark.parametrize(
    "id_",
    ["", "keep", "v1", "v1:keep", "v1::row", "v1:keep:", "v1:a:b:c:d", "v0:keep:row", "v2:keep:row", "V1:keep:row"],
)
def test_an_id_of_another_version_or_form_is_no_action(id_: str) -> None:
    assert parse(id_) is None


@given(st.text(alphabet=":v1keprow", max_size=20) | st.text(max_size=100))
@settings(deadline=None)
def test_any_id_is_an_action_or_none(id_: str) -> None:
    action = parse(id_)
    if action:
        assert action.verb
        assert action.row
        assert parse(str(action)) == action or len(id_.encode()) > LONGEST
