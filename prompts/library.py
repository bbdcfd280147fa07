"""Load the templates that people choose from."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from prompts.labels import Label
from prompts.slots import named

SHELVES = Path(__file__).with_name("templates")

SUBJECT = "{subject}"
"""Placeholder of the person's words in a template."""


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of picture, described for a model.

    `words` contains SUBJECT once. `sentences` are (slot, sentence) pairs; a sentence is left out when the person's
    words settle its slot. `aspect` is a ratio such as "4:5", or None for any.
    """

    id: str
    domain: str
    subcategory: str
    name: Label
    about: Label
    words: str
    aspect: str | None = None
    sentences: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> str:
        """Domain and subcategory as the classifier writes them: "photography/portrait"."""
        return f"{self.domain}/{self.subcategory}"

    @property
    def slots(self) -> frozenset[str]:
        """The slots that the template has a sentence for."""
        return frozenset(slot for slot, _ in self.sentences)


def filled(template: Template, words: str) -> str:
    """Return the template with the person's words in it, unchanged, without the sentences of slots that they settle."""
    before, _, after = template.words.partition(SUBJECT)
    settled = named(words)
    return " ".join([before + words + after, *(text for slot, text in template.sentences if slot not in settled)])


def template(id: str) -> Template | None:
    """Return the template with an id; None when there is none."""
    return _by_id().get(id)


@cache
def templates() -> tuple[Template, ...]:
    """Every template, by file name and in the order of each file."""
    shelves = [tomllib.loads(path.read_text("utf-8")) for path in sorted(SHELVES.glob("*.toml"))]
    return tuple(_template(table) for shelf in shelves for table in shelf["template"])


@cache
def _by_id() -> dict[str, Template]:
    return {each.id: each for each in templates()}


def _template(table: dict[str, Any]) -> Template:
    name, about = Label(**table.pop("name")), Label(**table.pop("about"))
    return Template(name=name, about=about, sentences=tuple(table.pop("sentences", {}).items()), **table)
