"""Buttons as inline keyboards: rows that a phone can show, the style of each, and what a press sends."""

from collections.abc import Callable, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.chat.messages import Button, Rows, Text

MOST = 100
"""Buttons of a keyboard (Bot API 10: InlineKeyboardMarkup)."""
PER_ROW = 8
WIDE = 34
"""Characters of a row that a phone shows whole, counting the space between buttons."""
_GAP = 3


def keyboard(rows: Rows, words: Callable[[Text], str]) -> InlineKeyboardMarkup | None:
    """The keyboard of some rows, None where there are no buttons."""
    broken = [piece for row in rows for piece in _broken([_button(button, words) for button in row])]
    return InlineKeyboardMarkup(_limited(broken)) if broken else None


def _button(button: Button, words: Callable[[Text], str]) -> InlineKeyboardButton:
    """A pressed button stands with a mark and in green, since older clients show no colours."""
    label = words(button.label)
    style = "success" if button.pressed else button.style
    return InlineKeyboardButton(
        f"✓ {label}" if button.pressed else label,
        callback_data=button.action,
        style=None if style == "plain" else style,
    )


def _broken(row: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """A row as rows that are narrow enough: of nearly the same number of buttons, unless that takes more rows."""
    even, packed = _even(row), _packed(row)
    return even if len(even) <= len(packed) else packed


def _even(row: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    for parts in range(1, len(row) + 1):
        size = -(-len(row) // parts)
        pieces = [list(row[start : start + size]) for start in range(0, len(row), size)]
        if size <= PER_ROW and all(_width(piece) <= WIDE for piece in pieces):
            return pieces
    return [[button] for button in row]


def _packed(row: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    rows: list[list[InlineKeyboardButton]] = []
    for button in row:
        if rows and len(rows[-1]) < PER_ROW and _width([*rows[-1], button]) <= WIDE:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def _width(row: Sequence[InlineKeyboardButton]) -> int:
    return sum(len(button.text) + _GAP for button in row)


def _limited(rows: list[list[InlineKeyboardButton]]) -> list[list[InlineKeyboardButton]]:
    kept: list[list[InlineKeyboardButton]] = []
    for row in rows:
        if sum(map(len, kept)) + len(row) > MOST:
            break
        kept.append(row)
    return kept
