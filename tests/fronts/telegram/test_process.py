"""The program as people start it, with a token that is none or that Telegram does not know."""

from pathlib import Path

import pytest

from tests.operations.processes import ran
from tests.servers.telegram import TOKEN, telegram

UNKNOWN = TOKEN.replace("4242", "1313")


@pytest.mark.parametrize(("command", "code"), [("run", 2), ("check", 1)])
async def test_what_is_no_token_is_told_in_one_sentence(tmp_path: Path, command: str, code: int) -> None:
    ended = await ran(command, DATA_DIR=tmp_path, WEB_PORT="0", TELEGRAM_TOKEN="nonsense")
    assert ended.code == code
    assert "this is no bot token: copy the whole line that @BotFather sent you" in ended.out + ended.err
    assert "Traceback" not in ended.out + ended.err


async def test_a_token_telegram_does_not_know_ends_the_start_with_one_sentence(tmp_path: Path) -> None:
    async with telegram() as server:
        address = {"TELEGRAM_TOKEN": UNKNOWN, "TELEGRAM_BASE_URL": server.url}
        ended = await ran("run", DATA_DIR=tmp_path, WEB_PORT="0", **address)
    assert ended.code == 2
    assert "TELEGRAM_TOKEN: Telegram does not know this token" in ended.err.splitlines()[-1]
    assert "Traceback" not in ended.out + ended.err
    assert UNKNOWN not in ended.out + ended.err
