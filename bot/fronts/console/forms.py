"""Filling a form field by field at a prompt."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from bot.core.chat.messages import Field, Form, Text, say
from bot.fronts.common.form_steps import problem_of
from bot.fronts.console.typed import NoSuchFile, files_of

Ask: TypeAlias = Callable[[Field], Awaitable[str | None]]
"""Asks for one field; None when the person wants to leave the form."""
Complain: TypeAlias = Callable[[Text], None]


@dataclass(slots=True)
class Filled:
    """What was filled in."""

    fields: dict[str, str] = field(default_factory=dict)
    files: tuple[Path, ...] = ()


async def fill(form: Form, ask: Ask, complain: Complain) -> Filled | None:
    """Ask for every field until its answer fits; None when the person leaves."""
    filled = Filled()
    for one in form.fields:
        while True:
            answer = await ask(one)
            if answer is None:
                return None
            answer = answer.strip()
            wrong = _complaint(one, answer)
            if wrong is None:
                break
            complain(wrong)
        if one.kind == "photos":
            filled.files = _files(answer)
        else:
            filled.fields[one.name] = answer
    return filled


def _complaint(one: Field, answer: str) -> Text | None:
    """What is wrong with an answer as words, or None."""
    match problem_of(one, answer):
        case "empty":
            return say("console-field-empty", field=one.label)
        case "choice":
            return say("console-field-choice", choices=", ".join(choice.value for choice in one.choices))
        case "long":
            return say("console-field-long", length=len(answer), most=one.longest)
        case None:
            missing = files_of(answer) if one.kind == "photos" and answer else ()
            return say("console-no-file", path=missing.path) if isinstance(missing, NoSuchFile) else None


def _files(answer: str) -> tuple[Path, ...]:
    found = files_of(answer) if answer else ()
    return () if isinstance(found, NoSuchFile) else found
