"""Load the catalogue of a persona's traits, and write the sentence that chosen traits make.

ValueError
├── UnknownTrait(id)
└── TooMany(category, most)
"""

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from prompts.labels import Label

TRAITS = Path(__file__).with_name("traits.toml")

ANYBODY = "an adult"
"""Start of the sentence when no chosen trait contains the word "adult"."""


class UnknownTrait(ValueError):
    """Raised for an id that no trait has."""

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.id = id


class TooMany(ValueError):
    """Raised for more traits of a category than its `most`."""

    def __init__(self, category: str, most: int) -> None:
        super().__init__(category, most)
        self.category = category
        self.most = most


@dataclass(frozen=True, slots=True)
class Option:
    """One trait; `prompt` is its fragment of the sentence."""

    id: str
    label: Label
    prompt: str


@dataclass(frozen=True, slots=True)
class Category:
    """Traits of one category, of which at most `most` can be chosen."""

    id: str
    label: Label
    most: int
    options: tuple[Option, ...]


@cache
def categories() -> tuple[Category, ...]:
    """Every category, in the order of the sentence."""
    return tuple(_category(table) for table in tomllib.loads(TRAITS.read_text("utf-8"))["category"])


def described(ids: Collection[str]) -> str:
    """Return one sentence of the traits' fragments in the catalogue's order.

    The sentence always says that the person is an adult. Raises UnknownTrait and TooMany.
    """
    chosen = _chosen(ids)
    for category in categories():
        if sum(option in chosen for option in category.options) > category.most:
            raise TooMany(category.id, category.most)
    fragments = [option.prompt for option in chosen]
    if not any("adult" in fragment.split() for fragment in fragments):
        fragments.insert(0, ANYBODY)
    sentence = ", ".join(fragments)
    return f"{sentence[0].upper()}{sentence[1:]}."


def labels(ids: Collection[str], locale: str) -> tuple[str, ...]:
    """Return the labels of traits in the catalogue's order. Raises UnknownTrait."""
    return tuple(option.label.of(locale) for option in _chosen(ids))


def _chosen(ids: Collection[str]) -> list[Option]:
    options = [option for category in categories() for option in category.options]
    for id in ids:
        if id not in {option.id for option in options}:
            raise UnknownTrait(id)
    return [option for option in options if option.id in ids]


def _category(table: dict[str, Any]) -> Category:
    options = tuple(Option(each["id"], Label(**each["label"]), each["prompt"]) for each in table["options"])
    return Category(table["id"], Label(**table["label"]), table["most"], options)


def sentence(traits: Sequence[str]) -> str:
    """The traits as a sentence for a model; those the catalogue no longer has are left out."""
    known = {option.id for category in categories() for option in category.options}
    try:
        kept = [one for one in traits if one in known]
        return described(kept) if kept else ""
    except (TooMany, UnknownTrait):
        return ""
