"""What a reply to pictures means: "1 4 7" keeps, "3: warmer light" edits picture 3, other words edit the one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.core.chat.errors import UserError
from bot.core.chat.parsing import parse

_NUMBERS = re.compile(r"\d+(?:[\s,;+&]+\d+)*[\s,;.]*")
_ONE = re.compile(r"(\d+)\s*[:：]\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep these pictures, by number, each once."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """Change a picture as the words say; without a number the person did not say which."""

    words: str
    number: int | None = None


Meaning: TypeAlias = Keep | Edit


def is_plain_edit(text: str) -> bool:
    """Whether a reply is /edit with nothing but words; raises UserError for a command that is not understood."""
    typed = parse(text)
    return typed.name == "edit" and set(typed.options) == {"prompt"}


def meaning(text: str, numbers: Sequence[int]) -> Meaning:
    """Read a reply to pictures with these numbers; raises UserError for a number that is not there or empty words.

    After /edit numbers alone are words.
    """
    text = text.strip()
    is_command = text.startswith("/")
    if is_command:
        text = parse(text).options.get("prompt", "")
    if not is_command and _NUMBERS.fullmatch(text):
        named = tuple(dict.fromkeys(int(number) for number in re.findall(r"\d+", text)))
        _check(named, numbers)
        return Keep(named)
    if match := _ONE.fullmatch(text):
        number, words = int(match.group(1)), match.group(2).strip()
        _check((number,), numbers)
        if not words:
            raise UserError("reply-words-missing", number=number)
        return Edit(words, number)
    return Edit(text, numbers[0] if len(numbers) == 1 else None)


def _check(named: Sequence[int], numbers: Sequence[int]) -> None:
    if unknown := [number for number in named if number not in numbers]:
        raise UserError("reply-number-unknown", number=str(unknown[0])[:12], count=len(numbers))
