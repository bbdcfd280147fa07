"""What a prompt already settles: its light, its lens, its framing, so that nothing is said twice or against it."""

import tomllib
from functools import cache
from pathlib import Path

from prompts.lexicon import Lexicon

SLOTS = Path(__file__).with_name("slots.toml")


def named(text: str) -> frozenset[str]:
    """The slots that words settle, by the word lists of slots.toml."""
    return frozenset(slot for _, slot in _lexicon().found(text))


@cache
def slots() -> frozenset[str]:
    """Every slot there is."""
    return frozenset(_data())


@cache
def _lexicon() -> Lexicon[str]:
    return Lexicon(
        (phrase, settled)
        for slot, table in _data().items()
        for phrase in table["words"]
        for settled in (slot, *table.get("also", []))
    )


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(SLOTS.read_text("utf-8"))
