"""Icons stand for emoji, since not every machine has a font for them."""

import re
import unicodedata

import pytest

from bot.core.results.result_message import REACTIONS
from bot.fronts.web.pages.html import STATIC
from bot.locales.words import FOLDER, LANGUAGES

VARIATION = "\ufe0f"


def is_pictograph(char: str) -> bool:
    return char > "\u2000" and unicodedata.category(char) == "So"


def drawn() -> set[str]:
    """The emoji for which the page has an icon."""
    source = (STATIC / "js" / "icons.js").read_text("utf-8")
    return set(re.findall(r'"([^"\\a-z]+)": \["', source))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_emoji_the_bot_writes_has_an_icon(language: str) -> None:
    lines = [line for path in (FOLDER / language).glob("*.ftl") for line in path.read_text("utf-8").splitlines()]
    written = {char for line in lines if not line.startswith("#") for char in line if is_pictograph(char)}
    assert written
    assert written | {one.replace(VARIATION, "") for one in REACTIONS} <= drawn()
