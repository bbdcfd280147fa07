"""Characters reduced to the Latin letters they show, so that look-alikes and invisible characters hide no word."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

CONFUSABLES = Path(__file__).with_name("confusables.toml")

_INVISIBLE = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0}
"""Default-ignorable code points outside category Cf (DerivedCoreProperties.txt), and the blank Braille pattern."""
_LETTER = re.compile(
    r"(?:LATIN|REGIONAL INDICATOR|SQUARED|CIRCLED)\b.*\bLETTER (?:SMALL CAPITAL )?([A-Z])(?: WITH .*)?"
)


def readable(text: str) -> str:
    """Lower-case text without accents and format characters (category Cf), look-alikes of Latin letters replaced.

    Follows the skeleton of Unicode Technical Standard #39, section 4, with compatibility decomposition (NFKD).
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_table()))
    return "".join(map(_plain, decomposed)).casefold()


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """The Latin letter of a variant such as "ø", "ɴ" or "🅽"; nothing for marks and format characters."""
    if char.isascii():
        return char
    if unicodedata.category(char) in ("Mn", "Me", "Cf") or ord(char) in _INVISIBLE:
        return ""
    letter = _LETTER.fullmatch(unicodedata.name(char, "").removeprefix("NEGATIVE "))
    return letter[1] if letter else _table().get(ord(char), char)


@cache
def _table() -> dict[int, str]:
    """Look-alikes by code point."""
    ligatures = {ord("æ"): "ae", ord("œ"): "oe", ord("Æ"): "ae", ord("Œ"): "oe"}
    groups = tomllib.loads(CONFUSABLES.read_text("utf-8"))
    alike = {ord(char): letter for group in groups.values() for letter, chars in group.items() for char in chars}
    return alike | ligatures
