"""Texts within a platform's limits, counted in characters or in UTF-16 code units."""

from collections.abc import Callable
from typing import TypeAlias

Length: TypeAlias = Callable[[str], int]
"""Counts a text as a platform does."""
_MORE = "…"


def characters(text: str) -> int:
    """Unicode characters."""
    return len(text)


def utf16_units(text: str) -> int:
    """UTF-16 code units, as Telegram counts: an emoji is two or more."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, most: int, length: Length = characters) -> str:
    """The text, with an ellipsis where it is too long."""
    return text if length(text) <= most else _head(text, most - 1, length).rstrip() + _MORE


def split(text: str, most: int, length: Length = characters) -> list[str]:
    """The text in pieces, broken between lines where that is possible, else between words."""
    pieces: list[str] = []
    while length(text) > most:
        head = _head(text, most, length)
        at = max(head.rfind("\n"), 0) or max(head.rfind(" "), 0) or len(head)
        pieces.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*pieces, text] if text else pieces


def _head(text: str, most: int, length: Length) -> str:
    """The longest beginning that fits."""
    head = text[:most]
    while length(head) > most:
        head = head[: len(head) - max(1, (length(head) - most) // 2)]
    return head
