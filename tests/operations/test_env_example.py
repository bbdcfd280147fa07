"""`.env.example` and README's table are made from the code, and the example works as it is."""

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.env_file import own_keys
from bot.settings_docs import EXAMPLE, README, example, readme, sections, table
from providers.registry import PROVIDERS

MAKE = "run: .venv/bin/python -m bot.settings_docs"


def test_the_pages_are_what_the_code_says() -> None:
    assert README.read_text("utf-8") == readme(), MAKE
    assert EXAMPLE.read_text("utf-8") == example(), MAKE


def test_every_setting_stands_once_with_its_meaning_and_default() -> None:
    rows = [row for group in sections().values() for row in group]
    declared = {setting.key for one in PROVIDERS.values() for setting in one.settings}
    assert sorted(row.key for row in rows) == sorted({*own_keys(), *declared})
    assert [row.key for row in rows if not (row.about and row.default)] == []


def test_a_page_elsewhere_has_its_links_from_there() -> None:
    assert "](../docs/DISCORD.md)" in table("../")
    assert "](docs/" not in table("../")


@pytest.mark.usefixtures("own_logging")
def test_a_copy_of_the_example_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".env").write_bytes(EXAMPLE.read_bytes())
    assert main(["check"], {}) == 0
    assert "❌" not in capsys.readouterr().out
    assert Path("data").is_dir()
