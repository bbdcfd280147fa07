"""Filling a form field by field at a prompt."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from bot.core.chat.messages import Field, Form, Text, say
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
            wrong = _problem(one, answer)
            if wrong is None:
                break
            complain(wrong)
        if one.kind == "photos":
            filled.files = _files(answer)
        else:
            filled.fields[one.name] = answer
    return filled


def _problem(one: Field, answer: str) -> Text | None:
    """What is wrong with an answer, or None."""
    if not answer:
        return say("console-field-empty", field=one.label) if one.required else None
    values = [choice.value for choice in one.choices]
    if values and answer not in values:
        return say("console-field-choice", choices=", ".join(values))
    if one.kind == "photos" and isinstance(missing := files_of(answer), NoSuchFile):
        return say("console-no-file", path=missing.path)
    if len(answer) > one.longest:
        return say("console-field-long", length=len(answer), most=one.longest)
    return None


def _files(answer: str) -> tuple[Path, ...]:
    found = files_of(answer) if answer else ()
    return () if isinstance(found, NoSuchFile) else found
