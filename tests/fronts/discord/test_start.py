"""Starting: settings, the invitation, and what Discord refuses."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import wiring
from bot.__main__ import main
from bot.fronts.discord.permissions import NEEDED, invitation
from bot.settings import DiscordSettings, SettingError, Settings
from tests.servers.discord_door import standing

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _their_own_addresses() -> Iterator[None]:
    """A start elsewhere is for this test alone."""
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    yield
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


async def refusal(folder: Path, *, knows: bool, close: int = 1000) -> str:
    """What a start says that such a Discord refuses."""
    async with standing(knows=knows, close=close) as there:
        settings = {
            "DATA_DIR": str(folder), "DISCORD_TOKEN": "a.b.c",
            "DISCORD_API_URL": there.api, "DISCORD_GATEWAY_URL": there.gateway,
        }  # fmt: skip
        async with wiring.running(Settings(settings)) as bot:
            front = wiring.open_front("discord", bot, Settings(settings))
            with pytest.raises(SettingError) as caught:
                async with asyncio.timeout(30):
                    await front.run()
    return str(caught.value)


async def test_a_token_that_discord_does_not_know_is_said_in_one_sentence(tmp_path: Path) -> None:
    said = await refusal(tmp_path, knows=False)
    assert said.startswith("DISCORD_TOKEN: Discord does not know it")
    assert "\n" not in said


async def test_a_discord_that_cannot_be_reached_is_tried_again(tmp_path: Path) -> None:
    knocked = asyncio.Event()

    def shut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()
        knocked.set()

    shop = await asyncio.start_server(shut, "127.0.0.1", 0)
    port = shop.sockets[0].getsockname()[1]
    api = f"http://127.0.0.1:{port}/api"
    settings = {"DATA_DIR": str(tmp_path), "DISCORD_TOKEN": "a.b.c", "DISCORD_API_URL": api}
    async with wiring.running(Settings(settings)) as bot:
        trying = asyncio.create_task(wiring.open_front("discord", bot, Settings(settings)).run())
        await knocked.wait()
        shop.close()
        await shop.wait_closed()
        async with standing(knows=False, port=port):
            with pytest.raises(SettingError, match="does not know it"):
                await trying


@pytest.mark.parametrize("code", [4004, 4014])
async def test_a_gateway_that_closes_for_good_is_said_in_one_sentence(tmp_path: Path, code: int) -> None:
    said = await refusal(tmp_path, knows=True, close=code)
    assert said.startswith("DISCORD_TOKEN: Discord ")


@pytest.mark.parametrize(("knows", "close"), [(False, 1000), (True, 4004), (True, 4014)])
async def test_the_program_ends_with_that_one_sentence_and_no_traceback(
    tmp_path: Path, knows: bool, close: int
) -> None:
    async with standing(knows=knows, close=close) as there:
        settings = {
            "DATA_DIR": str(tmp_path), "DISCORD_TOKEN": "a.b.c", "DISCORD_API_URL": there.api,
            "DISCORD_GATEWAY_URL": there.gateway, "WEB_PORT": "0", "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"],
        }  # fmt: skip
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=settings, cwd=tmp_path, stdout=DEVNULL, stderr=PIPE
        )
        _, errors = await process.communicate()
    assert process.returncode == 2
    told = errors.decode().strip().splitlines()
    assert told[-1].startswith("DISCORD_TOKEN: Discord ")
    assert "Traceback" not in errors.decode()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("DISCORD_TOKEN", "two words"),
        ("DISCORD_API_URL", "discord.com"),
        ("DISCORD_GATEWAY_URL", "https://gateway.discord.gg"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(key: str, value: str) -> None:
    with pytest.raises(SettingError, match=key):
        DiscordSettings.read({"DISCORD_TOKEN": "a.b.c", key: value})


def test_the_token_may_carry_the_word_it_is_sent_with() -> None:
    assert DiscordSettings.read({"DISCORD_TOKEN": "Bot a.b.c"}).token == "a.b.c"


def test_the_invitation_asks_for_what_is_needed_and_nothing_else() -> None:
    query = parse_qs(urlsplit(invitation(42)).query)
    assert query["client_id"] == ["42"]
    assert query["scope"] == ["bot applications.commands"]
    asked = discord.Permissions(int(query["permissions"][0]))
    assert asked == discord.Permissions(**dict.fromkeys(NEEDED, True))
    assert len(NEEDED) == 6


def test_the_front_is_on_when_its_token_is_set(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert wiring.fronts_of(Settings()) == ["web"]
    assert "discord" in wiring.fronts_of(Settings({"DISCORD_TOKEN": "x"}))
    assert main(["run"], {"DISCORD_TOKEN": "two words", "DATA_DIR": str(tmp_path)}) == 2
    assert capsys.readouterr().err.startswith("DISCORD_TOKEN: ")
