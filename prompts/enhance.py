"""Enhance a prompt: append a sentence for each slot, such as light or lens, that its words leave open."""

import tomllib
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from prompts.classify import classify
from prompts.library import SUBJECT, Template, filled
from prompts.slots import named


class Quality(StrEnum):
    """How much is added to a person's words, from nothing to all there is."""

    PLAIN = "plain"
    GOOD = "good"
    BEST = "best"


ENHANCEMENTS = Path(__file__).with_name("enhancements.toml")

LONGEST = 4000
"""Characters of an enhanced prompt at most."""


def enhance(text: str, quality: Quality, template: Template | None = None) -> str:
    """Return the text inside its template, with one sentence for each slot that both leave open.

    A text that was enhanced before keeps its sentences and gains only those of a better quality. A text longer than
    LONGEST is returned unchanged.
    """
    ranks = list(_qualities())
    for words in _earlier(text, template):
        for had in reversed(ranks):
            if _fuller(words, had, template) == text:
                return text if ranks.index(had) >= ranks.index(quality) else _fuller(words, quality, template)
    return _fuller(text, quality, template)


def _fuller(words: str, quality: str, template: Template | None) -> str:
    text = filled(template, words) if template else words
    if len(text) > LONGEST:
        return words
    settled, between = named(text) | (template.slots if template else set()), "\n"
    for slot, sentence in _sentences(words, quality, template):
        if len(text) + len(between) + len(sentence) > LONGEST:
            break
        if slot not in settled:
            text, between = text + between + sentence, " "
    return text


def _sentences(words: str, quality: str, template: Template | None) -> Iterator[tuple[str, str]]:
    """The sentences of the kind of picture as (slot, sentence), from the lowest quality up to `quality`."""
    if not template and not words.strip():
        return
    known = _known(words, template)
    for level, slots in _qualities().items():
        yield from ((slot, known[slot]) for slot in slots if slot in known)
        if level == quality:
            return


def _known(words: str, template: Template | None) -> dict[str, str]:
    kinds: dict[str, dict[str, str]] = _data()["kinds"]
    if template and template.kind in kinds:
        return kinds[template.kind]
    found = classify(words)
    unknown: dict[str, str] = _data()["unknown"]
    return kinds[found.kind] if found.score else unknown


def _earlier(text: str, template: Template | None) -> Iterator[str]:
    """The texts that may have been enhanced to this one: without the template, and with and without the last line."""
    before, _, after = template.words.partition(SUBJECT) if template else ("", "", "")
    if text.startswith(before):
        inner = text[len(before) :]
        shorter, line, _ = inner.rpartition("\n")
        for body in [shorter, inner] if line else [inner]:
            if after in body:
                yield body[: body.rfind(after)] if after else body


@cache
def _qualities() -> dict[str, list[str]]:
    qualities: dict[str, list[str]] = _data()["qualities"]
    return qualities


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(ENHANCEMENTS.read_text("utf-8"))
