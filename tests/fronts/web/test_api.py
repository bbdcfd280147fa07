"""What the page asks: words, commands, suggestions, pictures."""

import re
from pathlib import Path

import pytest

from bot.core.chat.catalogue import LANGUAGES, listed
from bot.fronts.web.pages.command_menu import menu
from bot.fronts.web.pages.html import STATIC
from bot.fronts.web.pages.page_words import WORDS, page_words
from tests.fronts.web.serving import HOME, Recorder, Served

PAGES = [*STATIC.glob("*.html"), *STATIC.glob("js/*.js")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_page_is_there(language: str) -> None:
    words = page_words(Recorder(), language)
    assert words.keys() == WORDS.keys()
    assert all(words.values())
    assert "{ $" not in "".join(words.values())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_page_uses_only_words_it_gets(path: Path) -> None:
    used = set(re.findall(r"[\"'{`](web-[a-z-]*[a-z])\b", path.read_text("utf-8")))
    assert used <= WORDS.keys()


def test_the_page_gets_only_words_it_uses() -> None:
    text = "\n".join(path.read_text("utf-8") for path in PAGES)
    by_state = {"web-connecting", "web-online", "web-offline"}
    assert {key for key in WORDS if key not in text} <= by_state


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.*")), ids=lambda path: path.name)
def test_nothing_on_the_page_comes_from_elsewhere(path: Path) -> None:
    text = path.read_text("utf-8").replace('"http://www.w3.org/2000/svg"', "")  # a name, not an address
    assert not re.search(r"https?://|@import|\bdata:[a-z]+/|style=|\bon[a-z]+=\"", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_has_every_listed_command_with_words_for_every_option_and_choice(language: str) -> None:
    commands = menu(Recorder(), language)
    assert [command["name"] for command in commands] == [spec.name for spec in listed()]
    imagine = commands[0]
    assert imagine["description"]
    by_name = {option["name"]: option for option in imagine["options"]}
    assert by_name["prompt"] | {"description": ""} == {
        "name": "prompt", "kind": "words", "description": "", "required": True, "positional": True, "choices": [],
    }  # fmt: skip
    assert [choice["value"] for choice in by_name["size"]["choices"]] == ["1K", "2K", "4K"]
    assert all(choice["label"] for choice in by_name["aspect"]["choices"])


async def test_suggestions_are_asked_for_the_reader(home: Served) -> None:
    async with home.tab() as tab:
        query = {"command": "imagine", "option": "persona", "typed": "mi" * 100}
        async with tab.get("/api/suggest", params=query) as response:
            assert await response.json() == {"options": [{"value": "mila", "label": "Mila"}]}
    (asked,) = home.app.asked
    assert (asked.command, asked.option, asked.typed, asked.place) == ("imagine", "persona", "mi" * 50, HOME)


async def test_pictures_are_shown_and_originals_saved_for_their_reader_only(home: Served) -> None:
    async with home.tab() as tab:
        async with tab.get("/pictures/i:1/thumb") as response:
            assert (await response.read(), response.content_type) == (b"thumb", "image/png")
            assert response.headers["Cache-Control"].startswith("private")
            assert "Content-Disposition" not in response.headers
        async with tab.get("/pictures/i:1/original") as response:
            assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%C3%A9t%C3%A9%201.png"
        async with tab.get("/pictures/i:1/huge") as response:
            assert response.status == 404


async def test_a_picture_that_is_not_yours_is_refused_in_words(team: Served) -> None:
    async with team.member("Eve") as tab, tab.get("/pictures/i:1/full") as response:
        assert response.status == 404
        assert await response.text() == "This picture is gone, or not yours to see.\n"
