"""The content rules: what is refused before any money is reserved."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

Rule: TypeAlias = Literal["sexual", "minors"]

RULES = Path(__file__).with_name("rules.toml")


@dataclass(frozen=True, slots=True)
class Rules:
    """The compiled word lists of rules.toml."""

    sexual: re.Pattern[str]
    young: re.Pattern[str]
    suggestive: re.Pattern[str]
    harmless: re.Pattern[str]


def broken(words: str, *, young: bool = False) -> Rule | None:
    """The rule that words break: sexual content, or anything suggestive about somebody young; None when none.

    `young` says that somebody young is on a photo, whatever the words say.
    """
    rules = _rules()
    folded = rules.harmless.sub(" ", fold(words))
    is_sexual = bool(rules.sexual.search(folded))
    if (young or rules.young.search(folded)) and (is_sexual or rules.suggestive.search(folded)):
        return "minors"
    return "sexual" if is_sexual else None


def fold(words: str) -> str:
    """Lower case without accents, everything but letters and digits as single spaces: "Dé-nudé" is "de nude"."""
    decomposed = unicodedata.normalize("NFKD", words.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", plain.replace("œ", "oe").replace("_", " ")))


@cache
def _rules() -> Rules:
    lists = tomllib.loads(RULES.read_text("utf-8"))
    return Rules(**{name: _pattern(words) for name, words in lists.items()})


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    parts = (re.escape(fold(word)) + (r"\w*" if word.endswith("*") else "") for word in words)
    return re.compile(rf"\b(?:{'|'.join(sorted(parts, key=len, reverse=True))})\b")
