"""The templates people choose from: pictures often made of the same person, character or product."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from prompts.labels import Label
from prompts.slots import named

SHELVES = Path(__file__).with_name("templates")

SUBJECT = "{subject}"
"""Where the person's words go."""


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of picture in words for a model.

    `words` holds SUBJECT once. `sentences` are (slot, sentence) pairs that give way when the person's words settle the
    slot. `aspect` is "4:5" and the like, or None where any will do.
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
        """Domain and subcategory as the classifier names them: "photography/portrait"."""
        return f"{self.domain}/{self.subcategory}"

    @property
    def slots(self) -> frozenset[str]:
        """What the template has a sentence for."""
        return frozenset(slot for slot, _ in self.sentences)


def filled(template: Template, words: str) -> str:
    """The template with the person's words in it, as they were written."""
    before, _, after = template.words.partition(SUBJECT)
    settled = named(words)
    return " ".join([before + words + after, *(text for slot, text in template.sentences if slot not in settled)])


def template(id: str) -> Template | None:
    """The template of that id; None when there is none."""
    return _by_id().get(id)


@cache
def templates() -> tuple[Template, ...]:
    """Every template, by file and in the order of the file."""
    shelves = [tomllib.loads(path.read_text("utf-8")) for path in sorted(SHELVES.glob("*.toml"))]
    return tuple(_template(table) for shelf in shelves for table in shelf["template"])


@cache
def _by_id() -> dict[str, Template]:
    return {each.id: each for each in templates()}


def _template(table: dict[str, Any]) -> Template:
    name, about = Label(**table.pop("name")), Label(**table.pop("about"))
    return Template(name=name, about=about, sentences=tuple(table.pop("sentences", {}).items()), **table)
