"""The words of the lists behind spellings that hide them: digits and symbols for letters, stars, repeated letters."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

_LEET = [str.maketrans("0345789@$€+26" + "1!|", "oeastbgaseztg" + one * 3) for one in "il"]
"""Digits and symbols as letters; 1, ! and | are i or l."""
_RUN = re.compile(r"(.)\1+")
_RUN_OR_ONE = re.compile(r"(.)\1*")
_LONG_RUN = re.compile(r"(.)\1{2,}")

SHORTEST = 3
"""Letters of a hidden word."""
SHORTEST_PART = 4
"""Letters of a word whose parts stand apart, of one with a letter doubled, and of the beginning of a word."""
LONGEST = 40
"""Characters of a spelling, repeated letters counted."""


class Vocabulary:
    """The words that a spelling may hide.

    Letters may be doubled in `doubled`; words that begin like one of `ordinary` are no such spelling.
    """

    def __init__(
        self, *, words: Iterable[str], beginnings: Iterable[str], doubled: Iterable[str], ordinary: Iterable[str]
    ) -> None:
        self._words = frozenset(word for word in words if len(word) >= SHORTEST)
        self._beginnings = frozenset(word for word in beginnings if len(word) >= SHORTEST_PART)
        self._lengths = sorted({len(word) for word in self._beginnings})
        self._squeezed = {_RUN.sub(r"\1", word): word for word in doubled if len(word) >= SHORTEST_PART}
        self._ordinary = tuple(ordinary)
        self._by_shape: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(self._words | self._beginnings):
            self._by_shape[word[0], len(word)].append(word)

    def has(self, word: str) -> bool:
        """Whether a word is in the vocabulary, or begins like one of it."""
        return word in self._words or any(word[:length] in self._beginnings for length in self._lengths)

    def exactly(self, word: str) -> bool:
        """Whether a word is in the vocabulary as it stands."""
        return word in self._words

    def behind(self, text: str) -> str | None:
        """The word that a spelling hides; None when it hides none."""
        if len(text) > LONGEST:
            return None
        found = self._starred(text) if "*" in text else map(self._stretched, spellings(text))
        return next(filter(None, found), None)

    def _stretched(self, spelling: str) -> str | None:
        """The word itself, or the word of which a spelling repeats letters."""
        shorter = [_LONG_RUN.sub(once, spelling) for once in (r"\1\1", r"\1")] if _LONG_RUN.search(spelling) else []
        for text in (spelling, *shorter):
            if self.has(text):
                return text
        word = self._squeezed.get(_RUN.sub(r"\1", spelling))
        return word if word and not spelling.startswith(self._ordinary) and _stretches(word, spelling) else None

    def _starred(self, text: str) -> Iterator[str]:
        """The words of this length, and the beginnings, that have the same letters where no star stands."""
        for length in (len(text), *self._lengths):
            for word in self._by_shape.get((text[0], length), ()) if length <= len(text) else ():
                is_whole = length == len(text) or word in self._beginnings
                if is_whole and all(shown in ("*", letter) for shown, letter in zip(text, word, strict=False)):
                    yield word


def spellings(text: str) -> tuple[str, ...]:
    """A spelling with letters for digits and symbols; two where a sign may be i or l."""
    return (text,) if text.isalpha() else tuple(dict.fromkeys(text.translate(table) for table in _LEET))


def repeats(text: str) -> bool:
    """Whether a letter stands twice in a row."""
    return _RUN.search(text) is not None


def _stretches(word: str, spelling: str) -> bool:
    """Whether a spelling has each letter of a word at least as often in a row, and one more often."""
    lengths = [[len(run[0]) for run in _RUN_OR_ONE.finditer(text)] for text in (word, spelling)]
    return all(less <= more for less, more in zip(*lengths, strict=True)) and len(word) < len(spelling)
