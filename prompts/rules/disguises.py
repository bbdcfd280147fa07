"""Disguises taken off the words of a text."""

import re
from collections.abc import Iterator, Sequence

from prompts.rules.vocabulary import LONGEST, SHORTEST, SHORTEST_PART, Vocabulary, repeats, spellings
from prompts.rules.words import Word

_PART = re.compile(r"[^\W\d_]+|\d+")

LONGEST_APART = 14
"""Letters of a word that single letters spell."""
PIECES = 4
"""Parts into which hyphens, dots and the like may cut a word."""
WORDS = frozenset("aioy")
"""Letters that are words."""


def unmasked(words: Sequence[Word], vocabulary: Vocabulary) -> list[Word]:
    """The words with every disguise taken off that hides a word of the vocabulary; digits stand apart from letters."""
    plain: list[Word] = []
    for word in words:
        text = word.text
        if text.isalpha() and not repeats(text):
            plain.append(word)
        else:
            plain.extend(_without_leet(word, vocabulary))
    return _joined(_spelled_out(plain, vocabulary), vocabulary)


def _without_leet(word: Word, vocabulary: Vocabulary) -> Iterator[Word]:
    text = word.text
    if text.isdecimal() or len(text) == 1 or vocabulary.exactly(text):
        yield word
    elif hidden := vocabulary.behind(text):
        yield word._replace(text=hidden)
    else:
        for index, part in enumerate(_PART.findall(text)):
            yield Word(part, word.sentence, word.comma and not index, word.glued or index > 0)


def _spelled_out(words: Sequence[Word], vocabulary: Vocabulary) -> list[Word]:
    """The words of runs of single letters put together: n, u, d, e."""
    put: list[Word] = []
    letters: list[Word] = []
    for word in words:
        if len(word.text) == 1:
            letters.append(word)
            continue
        if letters:
            put.extend(_read(letters, vocabulary))
            letters = []
        put.append(word)
    return [*put, *_read(letters, vocabulary)]


def _read(letters: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Word]:
    """The words that single letters spell: all of them one, or several one after another."""
    if len(letters) < SHORTEST:
        yield from letters
        return
    text = "".join(letter.text for letter in letters)
    whole = vocabulary.behind(text) if not text.isdecimal() and len(text) <= LONGEST else None
    if whole:
        yield letters[0]._replace(text=whole)
        return
    start, after_word, texts = 0, True, spellings(text)
    while start < len(letters):
        word = _longest(texts, start, vocabulary, after_word=after_word)
        after_word = bool(word)
        yield letters[start]._replace(text=word or letters[start].text)
        start += len(word) or 1


def _longest(texts: Sequence[str], start: int, vocabulary: Vocabulary, *, after_word: bool) -> str:
    """The longest word that begins at `start`; one of three letters must follow a word and be all that is left."""
    rest = len(texts[0]) - start
    shortest = SHORTEST if rest == SHORTEST and (after_word or start <= 1) else SHORTEST_PART
    for length in range(min(rest, LONGEST_APART), shortest - 1, -1):
        for text in texts:
            if vocabulary.exactly(text[start : start + length]):
                return text[start : start + length]
    return ""


def _joined(words: Sequence[Word], vocabulary: Vocabulary) -> list[Word]:
    """The words whose parts hyphens, dots or a space beside a single letter keep apart: na-ked, n ude."""
    put: list[Word] = []
    start = 0
    while start < len(words):
        end = _parts_end(words, start, vocabulary)
        put.append(words[start] if end == start + 1 else _whole(words[start:end]))
        start = end
    return put


def _whole(parts: Sequence[Word]) -> Word:
    return parts[0]._replace(text="".join(part.text for part in parts))


def _parts_end(words: Sequence[Word], start: int, vocabulary: Vocabulary) -> int:
    """Where the word ends whose parts begin at `start`."""
    following = words[start + 1 : start + 2]
    if not following or not _belongs(words[start], following[0]):
        return start + 1
    text = words[start].text
    for end in range(start + 1, min(start + PIECES, len(words))):
        if not _belongs(words[end - 1], words[end]):
            break
        text += words[end].text
        if len(text) >= SHORTEST_PART and vocabulary.exactly(text):
            return end + 1
    return start + 1


def _belongs(one: Word, other: Word) -> bool:
    """Whether two words may be parts of one: glued, save a possessive s, or one of them a letter that is no word."""
    if other.glued:
        return other.text != "s"
    if (len(one.text) > 1 and len(other.text) > 1) or other.comma:
        return False
    return any(len(word.text) == 1 and word.text not in WORDS for word in (one, other))
