"""Find the slots that a prompt settles, such as light, lens or framing, so that no sentence contradicts it."""

import tomllib
from functools import cache
from pathlib import Path

from prompts.lexicon import Lexicon

SLOTS = Path(__file__).with_name("slots.toml")


def named(text: str) -> frozenset[str]:
    """Return the slots that a text settles, by the word lists of slots.toml."""
    return frozenset(slot for _, slot in _lexicon().found(text))


@cache
def slots() -> frozenset[str]:
    """Every slot of slots.toml."""
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
