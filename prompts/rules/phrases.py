"""Phrases of the word lists, and where they stand in a text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple, TypeAlias

from prompts.rules.words import Word

Sets: TypeAlias = Mapping[str, str]

SHORTEST = 3
"""Letters of the shortest beginning of a word in the lists."""

_BREAK = re.compile(r"[,\n]+")


class Slot(NamedTuple):
    """One place of a phrase: the words and the beginnings of words that fit it."""

    words: frozenset[str]
    beginnings: tuple[str, ...] = ()

    def fits(self, word: str) -> bool:
        """Whether a word may stand here."""
        return word in self.words or (bool(self.beginnings) and word.startswith(self.beginnings))


class Phrase(NamedTuple):
    """Slots one after another, and what they mean."""

    slots: tuple[Slot, ...]
    meaning: str


class Hit(NamedTuple):
    """A phrase found in the words from `start` up to `end`."""

    start: int
    end: int
    meaning: str


def phrases(text: str, meaning: str, sets: Sets) -> Iterator[Phrase]:
    """The phrases of a word list, with and without the words that may be missing; `sets` holds those of "<name>"."""
    for line in _BREAK.split(text):
        if line.strip():
            yield from (Phrase(tuple(slots), meaning) for slots in _readings(line.split(), sets))


def slot(text: str, sets: Sets) -> Slot:
    """The slot that "a|b*|<name>" describes."""
    parts = [word for part in text.split("|") for word in _named(part, sets)]
    words = frozenset(part for part in parts if not part.endswith("*"))
    return Slot(words, tuple(part[:-1] for part in parts if part.endswith("*")))


def _named(part: str, sets: Sets) -> list[str]:
    return sets[part[1:-1]].split() if part.startswith("<") else [part]


def _readings(places: Sequence[str], sets: Sets) -> Iterator[list[Slot]]:
    if not places:
        yield []
        return
    for rest in _readings(places[1:], sets):
        yield [slot(places[0].rstrip("?"), sets), *rest]
        if places[0].endswith("?"):
            yield rest


class Index:
    """Phrases by their first two words, or by the beginning of the first."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._alone: dict[str, list[Phrase]] = defaultdict(list)
        self._pairs: dict[str, dict[str, list[Phrase]]] = defaultdict(lambda: defaultdict(list))
        self._firsts: dict[str, list[Phrase]] = defaultdict(list)
        self._beginnings: dict[str, list[tuple[str, Phrase]]] = defaultdict(list)
        for phrase in phrases:
            self._add(phrase)

    def _add(self, phrase: Phrase) -> None:
        first, *rest = phrase.slots
        for word in first.words:
            if not rest:
                self._alone[word].append(phrase)
                continue
            for second in rest[0].words:
                self._pairs[word][second].append(phrase)
            if rest[0].beginnings:
                self._firsts[word].append(phrase)
        for beginning in first.beginnings:
            self._beginnings[beginning[:SHORTEST]].append((beginning, phrase))

    def found(self, words: Sequence[Word]) -> Iterator[Hit]:
        """Every phrase in a text, in the order of their first words; a phrase stands within one sentence."""
        for start, (word, following) in enumerate(zip_longest(words, words[1:])):
            text, second = word.text, following.text if following else ""
            for phrase in self._alone.get(text, ()):
                yield Hit(start, start + 1, phrase.meaning)
            for phrase in self._longer(text, second):
                if _stands(phrase.slots, words, start):
                    yield Hit(start, start + len(phrase.slots), phrase.meaning)

    def _longer(self, first: str, second: str) -> Iterator[Phrase]:
        if pairs := self._pairs.get(first):
            yield from pairs.get(second, ())
        yield from self._firsts.get(first, ())
        for beginning, phrase in self._beginnings.get(first[:SHORTEST], ()):
            if first.startswith(beginning):
                yield phrase


def _stands(slots: Sequence[Slot], words: Sequence[Word], start: int) -> bool:
    """Whether the words from `start` fit the slots, in one sentence; the first word is known to fit."""
    end = start + len(slots)
    if end > len(words) or words[end - 1].sentence != words[start].sentence:
        return False
    return all(each.fits(words[start + at].text) for at, each in enumerate(slots) if at)
