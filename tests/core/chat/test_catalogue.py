"""The table of commands: what every menu, parser and help page relies on."""

import re
from itertools import pairwise

import pytest

from bot.core.chat import catalogue
from bot.core.chat.catalogue import COMMANDS, CommandSpec, Option
from bot.core.incoming import commands
from bot.locales.words import LANGUAGES, render

OPTIONS = [(command, option) for command in COMMANDS for option in command.options]


def named(value: object) -> str | None:
    return value.name if isinstance(value, CommandSpec | Option) else None


every_command = pytest.mark.parametrize("command", COMMANDS, ids=named)
every_option = pytest.mark.parametrize(("command", "option"), OPTIONS, ids=named)
every_language = pytest.mark.parametrize("language", LANGUAGES)


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────


def test_every_command_has_a_use_case_and_every_use_case_a_command() -> None:
    assert sorted([*commands._PLAIN, *commands._WITH_OPTIONS, *commands._WITH_PHOTOS]) == sorted(
        command.name for command in COMMANDS
    )


def test_no_two_commands_have_one_name_and_none_is_the_family_of_another() -> None:
    names = [command.name for command in COMMANDS]
    assert len(set(names)) == len(names)
    assert not {name.partition(" ")[0] for name in names if " " in name} & set(names)


def test_a_command_is_found_by_its_full_name_only() -> None:
    assert all(catalogue.find(command.name) is command for command in COMMANDS)
    assert catalogue.find("persona") is None


def test_menus_leave_out_what_clients_send_on_their_own() -> None:
    assert {command.name for command in COMMANDS} - {command.name for command in catalogue.listed()} == {
        "start",
        "admin claim",
    }


@every_command
def test_names_are_valid_wherever_commands_are_registered(command: CommandSpec) -> None:
    assert len(command.name.split(" ")) <= 2
    assert all(re.fullmatch(r"[a-z][a-z0-9-]{0,31}", word) for word in command.name.split(" "))
    assert re.fullmatch(r"[a-z0-9_]{1,32}", command.name.replace(" ", "_")), "a menu of one-word commands takes it"


# ── options ──────────────────────────────────────────────────────────────────────────────────────────────


@every_command
def test_required_options_stand_first(command: CommandSpec) -> None:
    assert all(left.required or not right.required for left, right in pairwise(command.options))


@every_command
def test_a_command_has_at_most_25_options_even_with_a_field_for_each_photo(command: CommandSpec) -> None:
    assert sum(option.most if option.kind == "photos" else 1 for option in command.options) <= 25


@every_command
def test_at_most_one_option_takes_the_words_and_one_the_photos(command: CommandSpec) -> None:
    assert sum(option.positional for option in command.options) <= 1
    assert sum(option.kind == "photos" for option in command.options) <= 1
    assert command.photos is next((option for option in command.options if option.kind == "photos"), None)
    assert command.positional is next((option for option in command.options if option.positional), None)


@every_command
def test_no_two_options_of_a_command_have_one_name(command: CommandSpec) -> None:
    assert len({option.name for option in command.options}) == len(command.options)
    assert all(command.option(option.name) is option for option in command.options)
    assert command.option("nothing") is None


@every_option
def test_option_names_are_lower_case_words_of_at_most_32_letters(command: CommandSpec, option: Option) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9-]{0,31}", option.name)


@every_option
def test_a_choice_has_between_2_and_25_choices_and_nothing_else_has_any(command: CommandSpec, option: Option) -> None:
    assert 2 <= len(option.choices) <= 25 if option.kind == "choice" else option.choices == ()
    folded = [choice.casefold() for choice in option.choices]
    assert len(set(folded)) == len(folded), "any case is taken for a choice"


@every_option
def test_bounds_can_be_kept_by_somebody(command: CommandSpec, option: Option) -> None:
    assert option.least <= option.most
    if option.kind in ("words", "line", "persona", "model", "command", "photos"):
        assert option.most <= 6000, "clients bound what can be typed"
    if option.kind == "whole":
        assert option.least >= -(2**53)
        assert option.most <= 2**53


def test_the_words_of_a_command_are_never_a_flag_a_number_or_photos() -> None:
    assert {option.kind for _, option in OPTIONS if option.positional} <= {"words", "line", "persona", "command"}


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────


def fits(words: str) -> bool:
    """Whether a menu takes a description: 1 to 100 characters on one line."""
    return 0 < len(words) <= 100 and words == words.strip() and "\n" not in words


@every_language
@every_command
def test_every_command_is_described_in_every_language(command: CommandSpec, language: str) -> None:
    assert fits(render(command.key, {}, language))


@every_language
@every_option
def test_every_option_and_choice_is_described_in_every_language(
    command: CommandSpec, option: Option, language: str
) -> None:
    assert fits(render(option.key, {}, language))
    for choice in option.choices:
        assert fits(render(f"choice-{choice.replace(':', 'x').lower()}", {}, language))


def test_keys_are_made_of_the_names() -> None:
    assert [command.key for command in COMMANDS if command.name == "persona create"] == ["command-persona-create"]
    assert Option(name="aspect", kind="choice").key == "option-aspect"
