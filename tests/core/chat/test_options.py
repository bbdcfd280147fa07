"""Options against the catalogue: what fits becomes a value, what does not gets a sentence with the bounds in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.chat.catalogue import ASPECTS, COMMANDS, COUNT_MOST, PROMPT_LONGEST, CommandSpec, Option, find
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Text, say
from bot.core.chat.options import Options, check


def spec(name: str) -> CommandSpec:
    found = find(name)
    assert found
    return found


def checked(command: str, photos: int = 0, **given: str) -> Options:
    return check(spec(command), given, photos)


def refusal(command: str, photos: int = 0, **given: str) -> Text:
    with pytest.raises(UserError) as caught:
        checked(command, photos, **given)
    return caught.value.text


def of_kind(kind: str) -> list[tuple[CommandSpec, Option]]:
    return [(command, option) for command in COMMANDS for option in command.options if option.kind == kind]


def test_options_become_values_of_their_kind() -> None:
    given = {"prompt": " a red fox ", "persona": "Mila", "aspect": "4:5", "count": "4", "seed": "0"}
    options = checked("imagine", **given, private="on", references="non")
    assert options == Options(
        texts={"prompt": "a red fox", "persona": "Mila", "aspect": "4:5"},
        wholes={"count": 4, "seed": 0},
        flags={"private": True, "references": False},
    )


def test_what_was_not_given_is_not_there() -> None:
    options = checked("imagine", prompt="a fox", persona="", count="  ")
    assert options == Options(texts={"prompt": "a fox"})
    assert options.text("aspect") == ""
    assert options.text("aspect", "auto") == "auto"


# ── missing ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("prompt", [{}, {"prompt": ""}, {"prompt": " \n\t "}], ids=str)
def test_an_empty_prompt_is_asked_for_with_an_example(prompt: dict[str, str]) -> None:
    assert refusal("imagine", **prompt) == say("error-prompt-empty")


@pytest.mark.parametrize(
    ("command", "missing"),
    [("persona create", "name"), ("persona show", "persona"), ("reference remove", "persona")],
)
@pytest.mark.parametrize("value", ["", "   "], ids=["empty", "blank"])
def test_a_missing_option_is_named_with_the_command_that_needs_it(command: str, missing: str, value: str) -> None:
    told = say("error-option-missing", option=say(f"option-{missing}"), command=f"/{command}", name=missing)
    assert refusal(command, **{missing: value}) == told
    assert refusal(command) == told


# ── texts ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_text_may_be_as_long_as_its_option_says_and_no_longer() -> None:
    assert checked("imagine", prompt="x" * PROMPT_LONGEST).text("prompt") == "x" * PROMPT_LONGEST
    assert refusal("imagine", prompt="x" * 10_000) == say(
        "error-option-long", option=say("option-prompt"), length=10_000, most=PROMPT_LONGEST
    )


@pytest.mark.parametrize("kind", ["words", "line", "persona", "model", "command"])
def test_every_kind_of_text_has_its_longest(kind: str) -> None:
    for command, option in of_kind(kind):
        others = {one.name: "1" for one in command.options if one.required}
        with pytest.raises(UserError) as caught:
            check(command, {**others, option.name: "x" * (option.most + 1)}, 1 if command.photos else 0)
        told = say("error-option-long", option=say(option.key), length=option.most + 1, most=option.most)
        assert caught.value.text == told


def test_only_words_keep_their_lines() -> None:
    assert checked("imagine", prompt="a fox\n\nin snow").text("prompt") == "a fox\n\nin snow"
    assert checked("persona create", name="Anna\n  Lee", description="tall\nred hair").texts == {
        "name": "Anna Lee", "description": "tall\nred hair",
    }  # fmt: skip


# ── choices ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given", "meant"), [("1k", "1K"), ("1K", "1K"), (" 4k ", "4K")]
)  # fmt: skip
def test_a_choice_is_known_in_any_case(given: str, meant: str) -> None:
    assert checked("imagine", prompt="a fox", size=given).text("size") == meant


def test_a_choice_there_is_not_lists_those_there_are() -> None:
    assert refusal("imagine", prompt="a fox", aspect="7:3") == say(
        "error-option-choice", option="--aspect", value="7:3", choices=", ".join(ASPECTS)
    )


# ── whole numbers ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("value", ["0", "33", "99", "-1", "x", "4.5", "4,5", "1e1", "½", "0x4", "four"])
def test_a_count_outside_its_bounds_or_no_whole_number_names_the_bounds(value: str) -> None:
    assert refusal("imagine", prompt="a fox", count=value) == say(
        "error-option-whole", option="--count", value=value, least=1, most=COUNT_MOST
    )


@given(st.integers())
def test_a_whole_number_is_taken_within_its_bounds_and_nowhere_else(number: int) -> None:
    if 1 <= number <= COUNT_MOST:
        assert checked("imagine", prompt="a fox", count=str(number)).wholes == {"count": number}
    else:
        assert refusal("imagine", prompt="a fox", count=str(number)).key == "error-option-whole"


@pytest.mark.parametrize("option", ["count", "seed", "aspect", "private"])
@pytest.mark.parametrize("value", ["9" * 10_000, "x" * 10_000], ids=["digits", "letters"])
def test_an_endless_value_is_quoted_in_part(option: str, value: str) -> None:
    assert refusal("imagine", prompt="a fox", **{option: value}).args["value"] == value[:30]


# ── flags ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("value", ["maybe", "2", "onoff"])
def test_a_flag_that_is_neither_on_nor_off_is_quoted(value: str) -> None:
    assert refusal("imagine", prompt="a fox", private=value) == say(
        "error-option-flag", option="--private", value=value
    )  # fmt: skip


# ── photos ───────────────────────────────────────────────────────────────────────────────────────────────


def test_as_many_photos_as_fit_and_no_more() -> None:
    assert checked("imagine", 4, prompt="a fox")
    assert refusal("imagine", 5, prompt="a fox") == say("error-photos-many", count=5, most=4)
    assert refusal("persona create", 11, name="Mila") == say("error-photos-many", count=11, most=10)


def test_photos_are_asked_for_where_they_are_needed() -> None:
    assert refusal("edit", 0, prompt="red") == say("error-photos-missing", command="/edit")
    assert checked("edit", 1, prompt="red")


@pytest.mark.parametrize("command", [command.name for command in COMMANDS if not command.photos])
def test_photos_sent_where_none_go_are_not_swallowed(command: str) -> None:
    required = {option.name: "1" for option in spec(command).options if option.required}
    assert refusal(command, 1, **required) == say("error-photos-unexpected", command=f"/{command}")


# ── anything ─────────────────────────────────────────────────────────────────────────────────────────────


@given(st.sampled_from(COMMANDS), st.data(), st.integers(0, 12))
@settings(deadline=None)
def test_whatever_is_given_is_taken_or_answered(command: CommandSpec, data: st.DataObject, photos: int) -> None:
    names = st.sampled_from([option.name for option in command.options] + ["other"])
    given = data.draw(st.dictionaries(names, st.text(max_size=40)))
    try:
        options = check(command, given, photos)
    except UserError:
        return
    taken = options.texts.keys() | options.wholes.keys() | options.flags.keys()
    assert taken <= given.keys() - {"other"}
    assert all(option.name in taken for option in command.options if option.required and option.kind != "photos")
