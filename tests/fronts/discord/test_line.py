"""Over a real wire: requests that Discord refuses for a moment, and connections that end."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from discord.gateway import DiscordWebSocket, KeepAliveHandler
from discord.http import Route

from bot import wiring
from bot.fronts.discord.front import DiscordFront
from bot.settings import Settings
from tests.harness.bots import AT_ONCE, MODELS
from tests.servers.discord_line import Line, Refusal, standing

RESUME = 6
IDENTIFY = 2
PATIENCE = 5.0
"""Seconds in which a thread that was told to end does."""
PAUSE = 0.2
"""Seconds that a 429 asks for."""


@pytest.fixture(autouse=True)
def _their_own_addresses() -> Iterator[None]:
    """A start elsewhere is for this test alone."""
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    yield
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


class Studio:
    """A server with one channel, one member and the bot in it."""

    front: DiscordFront

    def __init__(self, line: Line) -> None:
        self.line = line
        self.ann = line.backend.make_user("ann", global_name="Ann").id
        self.guild = line.backend.create_guild("Studio", owner_id=self.ann).id
        self.channel = line.backend.create_channel(self.guild, "art").id

    def asks(self, name: str, **options: Any) -> None:
        self.line.command(name, self.ann, self.guild, self.channel, **options)

    async def result(self) -> dict[str, Any]:
        """The newest message with a picture."""

        def pictured() -> list[dict[str, Any]]:
            said = self.line.said(self.channel)
            return [one for one in said if any(part["type"] == 12 for part in one["components"])]

        return (await self.line.until(pictured))[-1]

    def votes(self) -> list[str]:
        """The labels of the green buttons of everything said."""
        rows = [part for one in self.line.said(self.channel) for part in one["components"] if part["type"] == 1]
        return [button["label"] for row in rows for button in row["components"] if button["style"] == 3]


@asynccontextmanager
async def at_work(folder: Path) -> AsyncIterator[Studio]:
    """The bot in a server of a Discord on loopback."""
    async with standing() as line:
        studio = Studio(line)
        settings = {
            "DATA_DIR": str(folder), "MODELS_FILE": str(MODELS), "ACCESS": "open", "DISCORD_TOKEN": "a.b.c",
            "DISCORD_API_URL": f"http://127.0.0.1:{line.port}/api",
            "DISCORD_GATEWAY_URL": f"ws://127.0.0.1:{line.port}/gateway",
        }  # fmt: skip
        async with wiring.running(Settings(settings), patience=AT_ONCE) as bot:
            studio.front = wiring.open_front("discord", bot, Settings(settings))
            running = asyncio.create_task(studio.front.run())
            await line.until(lambda: line.opened)
            yield studio
            running.cancel()
            await asyncio.wait([running])


async def test_a_429_is_waited_out_and_nothing_is_lost(tmp_path: Path) -> None:
    async with at_work(tmp_path) as studio:
        line = studio.line
        line.refusals += [
            Refusal("POST", "/interactions/*/callback", 429, PAUSE),
            Refusal("PATCH", "/webhooks/*", 429, PAUSE),
            Refusal("PUT", "/channels/*/reactions/*", 429, PAUSE),
        ]
        studio.asks("imagine", prompt="a fox")
        result = await studio.result()
        await line.until(lambda: len(line.said(studio.channel)[0].get("reactions", ())) == 3)
        assert len(line.said(studio.channel)) == 1, result
        refused = [one for one in line.calls if one.status == 429]
        assert len(refused) == 3
        for one in refused:
            again = next(call for call in line.calls if call.path == one.path and call.at > one.at)
            assert again.at - one.at >= PAUSE, "not sooner than it was asked to"


async def test_a_500_is_tried_again_and_nothing_is_lost(tmp_path: Path) -> None:
    async with at_work(tmp_path) as studio:
        line = studio.line
        line.refusals += [Refusal("POST", "/interactions/*/callback", 500), Refusal("PATCH", "/webhooks/*", 500)]
        studio.asks("imagine", prompt="a fox")
        await studio.result()
        assert len(line.said(studio.channel)) == 1
        assert [one.status for one in line.calls].count(500) == 2


async def test_what_happens_while_the_connection_is_away_is_made_up_for(tmp_path: Path) -> None:
    async with at_work(tmp_path) as studio:
        line = studio.line
        studio.asks("imagine", prompt="a fox")
        result = await studio.result()
        await line.drop()
        line.backend.set_reaction(studio.channel, int(result["id"]), "✅", studio.ann, True)
        studio.asks("imagine", prompt="a hare")
        await line.until(lambda: "✅ Keep" in studio.votes())
        await line.until(lambda: len(line.said(studio.channel)) == 2)
        assert [op for op, _ in line.opened] == [IDENTIFY, RESUME]


async def test_votes_that_no_session_was_told_of_are_read_by_the_next(tmp_path: Path) -> None:
    async with at_work(tmp_path) as studio:
        line = studio.line
        await studio.front.client.wait_until_ready()  # what the first session reads at its start is read by now
        studio.asks("imagine", prompt="a fox")
        result = await studio.result()
        line.forgetful = True
        await line.drop()
        line.backend.set_reaction(studio.channel, int(result["id"]), "✅", studio.ann, True)
        await line.until(lambda: "✅ Keep" in studio.votes())
        assert [op for op, _ in line.opened] == [IDENTIFY, RESUME, IDENTIFY]


async def test_a_stop_is_heard_while_a_connection_begins_anew(tmp_path: Path) -> None:
    async with at_work(tmp_path) as studio:
        studio.line.forgetful = True
        await studio.line.drop()
        await studio.line.until(lambda: studio.line.connections == 3)  # the library waits before it says who it is
    assert not [thread for thread in threading.enumerate() if _beats(thread)], "no thread goes on for a closed loop"


def _beats(thread: threading.Thread) -> bool:
    """Whether a thread keeps a connection alive still, a moment after it was told to end."""
    if isinstance(thread, KeepAliveHandler):
        thread.join(PATIENCE)
    return isinstance(thread, KeepAliveHandler) and thread.is_alive()
