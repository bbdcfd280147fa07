"""Texts within Telegram's limits, which count UTF-16 code units."""

CAPTION = 1024
"""Bot API: sendPhoto, caption."""
MESSAGE = 4096
"""Bot API: sendMessage, text."""
POPUP = 200
"""Bot API: answerCallbackQuery, text."""
_MORE = "…"


def length(text: str) -> int:
    """UTF-16 code units of a text."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, most: int) -> str:
    """The text, with an ellipsis where it is too long."""
    return text if length(text) <= most else _head(text, most - 1).rstrip() + _MORE


def split(text: str, most: int = MESSAGE) -> list[str]:
    """The text in pieces, broken between lines where that is possible, else between words."""
    pieces: list[str] = []
    while length(text) > most:
        head = _head(text, most)
        at = max(head.rfind("\n"), 0) or max(head.rfind(" "), 0) or len(head)
        pieces.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*pieces, text] if text else pieces


def _head(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")
