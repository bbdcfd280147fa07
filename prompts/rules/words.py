"""Text split into words that know their sentence."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_WORD = re.compile(r"[@$€]?[^\W_]+(?:[@$€!|+*]+[^\W_]+)*[$€]*|(?<=\s)[@$€](?=\s)")
"""Letters and digits; also the symbols that stand for letters, at the start, inside, at the end and alone."""
_SENTENCE = re.compile(r"[\n;]|[.!?…]\s")
_SPACE = re.compile(r"\s|^$")
_COMMA = re.compile(r"[,:()\[\]{}\"“”«»–—|]|\s[-/]\s")


class Word(NamedTuple):
    """A word; `comma` and `glued` say what stands before: punctuation inside the sentence, or no white space.

    `sentence` counts from 0.
    """

    text: str
    sentence: int = 0
    comma: bool = False
    glued: bool = False


def split(text: str) -> Iterator[Word]:
    """The words of a folded text, in order."""
    sentence, end, length = 0, 0, 0
    for match in _WORD.finditer(text):
        before, end = text[end : match.start()], match.end()
        is_initial, length = length == 1, len(match[0])
        if before == " ":
            yield Word(match[0], sentence)
            continue
        sentence += _SENTENCE.search(before) is not None and not (before == ". " and is_initial)
        yield Word(match[0], sentence, _COMMA.search(before) is not None, not _SPACE.search(before))
