"""One message said by a script, on the running bot."""

import json
from pathlib import Path

import pytest

from bot.fronts.console import script
from bot.fronts.console.script import Printer, Script
from tests.harness.bots import Bot

pytestmark = pytest.mark.asyncio(loop_scope="module")
PHOTOS = Path(__file__).parents[2] / "photos"


async def ran(bot: Bot, wanted: Script) -> tuple[int, list[str]]:
    """The exit code and the printed lines."""
    lines: list[str] = []
    printer = Printer(bot.running.app, wanted, lambda words: lines.extend(words.split("\n")))
    bot.running.fronts["console"] = printer.console
    return await script.run(printer, wanted), lines


def files_in(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


async def test_pictures_are_waited_for_saved_and_named(bot: Bot, tmp_path: Path) -> None:
    code, lines = await ran(bot, Script("/imagine foxes --count 2", out=tmp_path))
    assert code == 0
    assert lines[0] == "foxes"
    assert "  2. Picture 2, 512×640" in lines
    assert {f"  → {path}" for path in files_in(tmp_path)} == {line for line in lines if "→" in line}


async def test_progress_is_printed_only_when_more_is_done(bot: Bot) -> None:
    _, lines = await ran(bot, Script("/imagine [delay 0.05] foxes --count 4"))
    bars = [line for line in lines if "░" in line]
    assert bars[0] == "░░░░ 0/4"
    assert len(bars) == len(set(bars))


async def test_every_json_line_names_its_type_and_carries_the_words(bot: Bot, tmp_path: Path) -> None:
    code, lines = await ran(bot, Script("/imagine a fox", as_json=True, out=tmp_path))
    said = [json.loads(line) for line in lines]
    assert code == 0
    assert {one["type"] for one in said[:-1]} == {"progress"}
    assert (said[-1]["type"], said[-1]["words"][0]) == ("show", "a fox")
    assert said[-1]["files"] == [str(path) for path in files_in(tmp_path)]
    assert len({one["id"] for one in said}) == 1


@pytest.mark.parametrize(
    ("photo", "consent", "noted"),
    [("man.jpg", "child", "A child in my care"), ("woman.jpg", "unreal", "Nobody real")],
)
async def test_the_script_says_who_is_on_a_photo(bot: Bot, photo: str, consent: str, noted: str) -> None:
    wanted = Script("/imagine watercolour --model local", attach=(PHOTOS / photo, PHOTOS / photo), consent=consent)
    code, lines = await ran(bot, wanted)
    assert code == 0
    assert f"Noted: {noted}." in lines
    assert any(line.startswith("  1. Picture 1 (watercolour)") for line in lines)


async def test_a_price_is_agreed_to_only_when_asked_to(bot: Bot) -> None:
    code, lines = await ran(bot, Script("/imagine foxes --model paid --count 5"))
    assert code == 0
    assert lines == ["5 × $0.04 = $0.20 with Paid fake. Go on?"]
    code, lines = await ran(bot, Script("/imagine foxes --model paid --count 5", agree=True))
    assert code == 0
    assert any(line.startswith("  5. Picture 5") for line in lines)


@pytest.mark.parametrize(
    ("say", "sentence"),
    [
        ("/imagine [refuse prompt] a fox", "The model refused the words"),
        ("/imagin a fox", "There is no command /imagin."),
    ],
)
async def test_an_error_ends_with_1(bot: Bot, say: str, sentence: str) -> None:
    code, lines = await ran(bot, Script(say))
    assert code == 1
    assert any(sentence in line for line in lines)


async def test_pictures_that_cannot_be_saved_end_with_1(bot: Bot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, lines = await ran(bot, Script("/imagine a fox", out=tmp_path / "file"))
    assert code == 1
    assert lines[-1].startswith(f"I could not save the picture in {tmp_path}/file: ")


async def test_the_words_are_in_the_scripts_language(bot: Bot) -> None:
    assert await ran(bot, Script("/queue", locale="fr")) == (0, ["Vous n’avez rien en attente ni en cours."])
