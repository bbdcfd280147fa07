"""Rules that the core and every front follow alike."""

import pytest

from bot.core.chat.catalogue import COMMANDS, choice_key, families, find, for_managers
from bot.core.chat.front_rules import answers_privately, field_of, is_vote, meaning_of


@pytest.mark.parametrize(
    ("emoji", "meaning"), [("👍", "keep"), ("👎🏽", "reject"), ("❤️", "best"), ("🗑️", "trash"), ("🐙", None)]
)
def test_an_emoji_means_the_same_with_any_skin_tone_and_variation(emoji: str, meaning: str | None) -> None:
    assert meaning_of(emoji) == meaning


def test_only_what_judges_is_a_vote() -> None:
    assert is_vote("⭐")
    assert not is_vote("✉️"), "it would be sent once more"


@pytest.mark.parametrize(
    ("command", "options", "private"),
    [("imagine", {}, False), ("imagine", {"private": "on"}, True), ("quota", {}, True), ("persona edit", {}, True)],
)
def test_who_reads_an_answer(command: str, options: dict[str, str], private: bool) -> None:
    spec = find(command)
    assert spec
    assert answers_privately(spec, options) is private


def test_a_command_that_spends_or_changes_something_is_repeated_by_no_link() -> None:
    linkable = {spec.name for spec in COMMANDS if spec.linkable}
    assert linkable == {"help", "quota", "queue", "settings", "curate", "gallery browse", "persona list"}
    assert {spec.name for spec in COMMANDS if spec.never_late} == {"start", "help", "cancel"}


def test_a_family_of_commands_is_one_entry() -> None:
    assert [spec.name for spec in families()["gallery"]] == ["gallery browse", "gallery stats", "gallery web"]
    assert for_managers(families()["admin"])
    assert not for_managers(families()["vote"])


@pytest.mark.parametrize(
    ("command", "option", "kind", "longest"),
    [("imagine", "prompt", "words", 4000), ("imagine", "images", "photos", 2000), ("imagine", "aspect", "choice", 2000),
     ("reference remove", "number", "line", 4), ("persona create", "name", "line", 60)],
)  # fmt: skip
def test_every_option_can_be_asked_for_in_a_form(command: str, option: str, kind: str, longest: int) -> None:
    spec = find(command)
    assert spec
    asked = spec.option(option)
    assert asked
    field = field_of(asked)
    assert (field.kind, field.longest, field.required) == (kind, longest, asked.required)


def test_a_choice_has_a_key_that_fluent_can_read() -> None:
    assert choice_key("3:2") == "choice-3x2"
