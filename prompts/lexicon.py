"""Find phrases in a text, in English and French, regardless of accents, case, gender and plural."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from prompts.folding import fold

Meaning = TypeVar("Meaning")

NUMBER = re.compile(r"\d{2,}")
"""Numbers that count as one word, from two digits on: "85mm" equals "35mm", but "2d" differs from "3d"."""


def stems(text: str) -> list[str]:
    """Return the stems of the words of a text: "Les Châteaux dorés, 85 mm" gives les, chateau, dor, #, mm."""
    return [_stem(word) for word in NUMBER.sub("#", fold(text)).split()]


def _stem(word: str) -> str:
    """Return one stem for singular and plural, masculine and feminine: city and cities, peint and peintes."""
    if len(word) > 3:
        if word[-1] in "sx" and not word.endswith("ss"):
            word = word[:-1]
        word = word.removesuffix("e")
        if word.endswith("i"):
            word = word[:-1] + "y"
    return word


class Lexicon(Generic[Meaning]):
    """A map from phrases to meanings; a phrase may have several."""

    def __init__(self, entries: Iterable[tuple[str, Meaning]]) -> None:
        phrases: dict[tuple[str, ...], list[Meaning]] = {}
        for phrase, meaning in entries:
            phrases.setdefault(tuple(stems(phrase)), []).append(meaning)
        self._phrases: Mapping[tuple[str, ...], list[Meaning]] = phrases
        lengths: dict[str, set[int]] = {}
        for words in phrases:
            lengths.setdefault(words[0], set()).add(len(words))
        self._lengths = {first: sorted(many, reverse=True) for first, many in lengths.items()}

    def found(self, text: str) -> Iterator[tuple[int, Meaning]]:
        """Yield (word index from 0, meaning) for each phrase in a text, once; the longest phrase at a word wins."""
        words = stems(text)
        seen: set[tuple[str, ...]] = set()
        at = 0
        while at < len(words):
            phrase = self._at(words, at)
            if phrase and phrase not in seen:
                seen.add(phrase)
                for meaning in self._phrases[phrase]:
                    yield at, meaning
            at += len(phrase) or 1

    def _at(self, words: list[str], at: int) -> tuple[str, ...]:
        for length in self._lengths.get(words[at], ()):
            phrase = tuple(words[at : at + length])
            if phrase in self._phrases:
                return phrase
        return ()
