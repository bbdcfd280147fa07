"""Keys that are put together at run time: the family as f-strings write it, and all its members."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TypeVar, get_args, get_type_hints

from bot.core.chat.catalogue import COMMANDS, LANGUAGES
from bot.core.consent.rules import ANSWERS
from bot.core.curation.reports import DECISIONS, REASONS
from bot.core.generation.operator_alarms import trouble_of
from bot.core.generation.settlement import problem_of
from bot.imaging.values import Note, Problem
from providers.contract import errors
from storage.db.errors import PICTURES_UNREACHABLE, StorageError

_Kind = TypeVar("_Kind")

INPUT_PROBLEMS = ("needs_reference", "photo", "prompt", "parameter", "input")
"""What BadInput's docstring promises its `problem` to be."""


@cache
def families() -> dict[str, tuple[str, ...]]:
    """Family to members' full keys."""
    return {family: tuple(family.replace("*", member) for member in members) for family, members in _members().items()}


def _members() -> dict[str, Iterable[str]]:
    options = [option for command in COMMANDS for option in command.options]
    choices = {choice.replace(":", "x").lower() for option in options for choice in option.choices}
    return {
        "alarm-*": {trouble for failure in failures() if (trouble := trouble_of(failure))},
        "button-*": ("keep", "reject", "best"),
        "choice-*": choices | set(LANGUAGES),
        "command-*": [command.name.replace(" ", "-") for command in COMMANDS],
        "consent-answer-*": ANSWERS,
        "error-*": {kind.code for kind in _kinds(StorageError)} | {PICTURES_UNREACHABLE},
        "gallery-no-*": ("older", "newer"),
        "limit-images-day-*": ("user", "workspace"),
        "limit-month-*": ("user", "workspace"),
        "option-*": {option.name for option in options},
        "photo-*": get_args(Problem),
        "photo-note-*": get_args(Note),
        "problem-*": {problem_of(failure)[0] for failure in failures()},
        "report-reason-*": REASONS,
        "report-told-*": REASONS,
        "report-decided-*": DECISIONS,
        "web-*": ("connecting", "online", "offline"),
    }


def failures() -> Iterator[errors.ProviderError]:
    """One of every way in which a provider can fail."""
    for kind in _kinds(errors.ProviderError):
        if kind is errors.Refused:
            for what in get_args(get_type_hints(errors.Refused.__init__)["what"]):
                yield errors.Refused("detail", what=what, why="a celebrity", reference=2)
        elif kind is errors.BadInput:
            yield from (errors.BadInput("detail", problem=problem) for problem in INPUT_PROBLEMS)
        elif kind is errors.RateLimited:
            yield from (errors.RateLimited("detail"), errors.RateLimited("detail", per_minute=6))
        else:
            yield kind("detail")


def _kinds(base: type[_Kind]) -> Iterator[type[_Kind]]:
    yield base
    for kind in base.__subclasses__():
        yield from _kinds(kind)
