"""Which looks a text names, in English or French."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

WORDS_FILE = Path(__file__).with_name("words.toml")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Words:
    """The phrases that name looks, each a tuple of folded words; None: it only seems to name one."""

    phrases: Mapping[tuple[str, ...], str | None]
    longest: int

    def named(self, text: str) -> tuple[str, ...]:
        """The looks that `text` names, each once, in the order of their first appearance."""
        return tuple(dict.fromkeys(self._looks(folded(text))))

    def _looks(self, words: tuple[str, ...]) -> Iterator[str]:
        at = 0
        while at < len(words):
            phrase = self._phrase(words[at : at + self.longest])
            if look := self.phrases.get(phrase):
                yield look
            at += max(1, len(phrase))

    def _phrase(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The longest known phrase with which `words` begin, or an empty one."""
        beginnings = (words[:length] for length in range(len(words), 0, -1))
        return next((phrase for phrase in beginnings if phrase in self.phrases), ())


def load(path: Path = WORDS_FILE) -> Words:
    """The words of a TOML file: one list per look, and `other` for what is to be passed over."""
    lists: dict[str, list[str]] = tomllib.loads(path.read_text("utf-8"))
    phrases = {
        folded(phrase): None if look == "other" else look for look, phrases in lists.items() for phrase in phrases
    }
    return Words(phrases, max(map(len, phrases)))


def folded(text: str) -> tuple[str, ...]:
    """The words of `text` without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(_WORD.findall(bare))
