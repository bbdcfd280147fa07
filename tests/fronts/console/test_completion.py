"""What Tab offers."""

from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent, Completion
from prompt_toolkit.document import Document

from bot.fronts.console.completion import Offers
from bot.fronts.console.front import Console
from bot.fronts.console.view import Words
from tests.harness.bots import Bot

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("my photo.jpg", "my notes.txt", "mila.PNG"):
        (tmp_path / name).touch()
    (tmp_path / "mine").mkdir()


async def offered(bot: Bot, typed: str, locale: str = "en") -> list[Completion]:
    app = bot.running.app
    offers = Offers(app, lambda: Words(app, locale), lambda: locale)
    return [one async for one in offers.get_completions_async(Document(typed), CompleteEvent())]


async def completed(bot: Bot, typed: str) -> list[str]:
    """The line as each offer would make it."""
    return [
        typed[: len(typed) + one.start_position if one.start_position else None] + one.text
        for one in await offered(bot, typed)
    ]


async def test_commands_are_offered_with_what_they_do(bot: Bot) -> None:
    assert await completed(bot, "/per") == [
        line for line in await completed(bot, "/persona") if line.startswith("/persona ")
    ]
    [imagine] = await offered(bot, "/ima")
    assert imagine.display_meta_text == "Make pictures from words and your photos"
    [imagine] = await offered(bot, "/ima", "fr")
    assert imagine.display_meta_text != "Make pictures from words and your photos"


async def test_options_are_offered_once_and_photos_are_attached_instead(bot: Bot) -> None:
    assert await completed(bot, "/imagine a fox --as") == ["/imagine a fox --aspect"]
    again = await completed(bot, "/imagine a fox --aspect 4:5 --")
    assert "/imagine a fox --aspect 4:5 --count" in again
    assert not any(line.endswith(("--aspect", "--images")) for line in again)
    assert await completed(bot, "/nothing --") == []


async def test_values_of_an_option_are_offered(bot: Bot) -> None:
    aspects = await completed(bot, "/imagine a fox --aspect 4")
    assert aspects[:2] == ["/imagine a fox --aspect 4:3", "/imagine a fox --aspect 4:5"]
    assert await completed(bot, "/imagine a fox --model=pa") == ["/imagine a fox --model=paid"]


async def test_a_name_with_spaces_is_offered_in_quotes(bot: Bot) -> None:
    await Console(bot.running.app, "en", lambda _: None).say("/persona create Old Sam --kind product")
    assert await completed(bot, "/imagine a hat --persona ol") == ['/imagine a hat --persona "Old Sam"']
    assert await completed(bot, '/imagine a hat --persona "ol') == ['/imagine a hat --persona "Old Sam"']


async def test_paths_of_photos_and_folders_are_offered_after_an_at_sign(bot: Bot) -> None:
    assert sorted(await completed(bot, "oil @m")) == ["oil @mila.PNG", "oil @mine", "oil @my\\ photo.jpg"]
    assert await completed(bot, "oil @my\\ ph") == ["oil @my\\ photo.jpg"]
    assert await completed(bot, 'oil @"my ph') == ['oil @"my photo.jpg']


async def test_ordinary_words_get_no_offers(bot: Bot) -> None:
    assert await completed(bot, "a red fox") == []
