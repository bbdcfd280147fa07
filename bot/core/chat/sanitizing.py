"""Taking out of what people type what no database and no model can hold: lone surrogates and NUL."""

from collections.abc import Mapping
from dataclasses import replace

from bot.core.chat.messages import Command, Incoming, Reply, Submit, Upload


def cleaned(incoming: Incoming) -> Incoming:
    """The same event with clean words."""
    match incoming:
        case Upload() | Reply():
            return replace(incoming, text=_clean(incoming.text))
        case Command():
            return replace(incoming, options=_all(incoming.options))
        case Submit():
            return replace(incoming, fields=_all(incoming.fields))
        case _:
            return incoming


def _all(values: Mapping[str, str]) -> dict[str, str]:
    return {name: _clean(value) for name, value in values.items()}


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
