"""The word lists of en.toml and fr.toml, read together: people mix languages, and names tell none."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from prompts.rules.phrases import Index, Phrase, Slot, phrases, slot
from prompts.rules.vocabulary import Vocabulary

LANGUAGES = ("en", "fr")

HIDDEN = ("sexual", "abuse", "suggestive", "beside", "swimwear", "young", "infant")
"""Word lists whose words people hide."""
NOTHING = Slot(frozenset())


@dataclass(frozen=True, slots=True)
class Sense:
    """Words that make another word innocent: in its group of words before or after it, or around it in a `scene`.

    `alone` says that nobody may stand in the scene. `things` are the questions to things.Things, one of which gives
    the sense.
    """

    before: Slot
    after: Slot
    scene: Slot
    alone: bool
    things: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """All word lists; `grammar` and `age` hold plain words by field, `senses` by the meaning of their phrases."""

    index: Index
    vocabulary: Vocabulary
    senses: Mapping[str, Sense]
    grammar: Mapping[str, frozenset[str]]
    numbers: Mapping[str, int]
    age: Mapping[str, Slot]


@cache
def lists() -> Lists:
    """The word lists of all languages."""
    tables = [tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8")) for name in LANGUAGES]
    named = [phrase for table in tables for phrase in _phrases(table)]
    senses = {f"sense {at}": each for at, each in enumerate(each for table in tables for each in table["senses"])}
    sense_phrases = [phrase for name, each in senses.items() for phrase in phrases(each["words"], name, {})]
    return Lists(
        Index(named + sense_phrases),
        _vocabulary(named),
        {name: _sense(each) for name, each in senses.items()},
        {field: frozenset(_all(tables, "grammar", field)) for field in tables[0]["grammar"]},
        {word: number for table in tables for word, number in _numbers(table["age"])},
        {
            field: _words(" ".join(_all(tables, "age", field)))
            for field in ("spans_before", "spans_after", "things", "media")
        },
    )


def _phrases(table: Mapping[str, Any]) -> Iterator[Phrase]:
    for meaning, text in table["words"].items():
        yield from phrases(text, meaning, table["sets"])
    for field in ("units", "years", "months", "leads", "weak_leads", "below"):
        yield from phrases(table["age"][field], field, {})


def _sense(table: Mapping[str, Any]) -> Sense:
    beside = f"{table.get('beside', '')} {table.get('scene', '')}"
    return Sense(
        _words(table.get("before", beside)),
        _words(table.get("after", beside)),
        _words(table.get("scene", "")),
        table.get("alone", False),
        tuple(table.get("thing", ())),
    )


def _vocabulary(named: Iterable[Phrase]) -> Vocabulary:
    hidden = [phrase for phrase in named if phrase.meaning in HIDDEN]
    slots = [slot for phrase in hidden for slot in phrase.slots]
    return Vocabulary(
        words={word for slot in slots for word in slot.words},
        beginnings={word for slot in slots for word in slot.beginnings},
        doubled={word for phrase in hidden if len(phrase.slots) == 1 for word in phrase.slots[0].words},
        ordinary={begin for phrase in named if phrase.meaning == "ordinary" for begin in _starts(phrase.slots[0])},
    )


def _starts(slot: Slot) -> Iterator[str]:
    yield from (*slot.words, *slot.beginnings)


def _words(text: str) -> Slot:
    return slot("|".join(text.split()), {}) if text.strip() else NOTHING


def _all(tables: Iterable[Mapping[str, Any]], section: str, field: str) -> list[str]:
    return [word for table in tables for word in table[section][field].split()]


def _numbers(age: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    yield from ((word, number) for number, word in enumerate(age["numbers"].split()))
    yield from ((word, 18) for word in age["above"].split())
