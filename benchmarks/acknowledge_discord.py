"""How soon Discord hears that a command came in, when 100 people send one at the same moment.

The goal is at most twice the floor at the p99, and never above 150 ms. The floor is a bare client of discord.py that
defers and does nothing else, in the same simulated Discord; ours goes on to draw a picture for everybody. Both are
measured from the first command on, so that the last one has waited for all before it.
"""

import gc
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles
from typing import Any

import discord
from discord import app_commands
from simcord.interactions import base_payload

from benchmarks.figures import Figure
from benchmarks.load import MODELS
from bot import logs
from bot.fronts.discord.client import intents
from bot.settings import LogSettings
from tests.fronts.discord.world import Server, opened

PEOPLE = 100
ROUNDS = 4
"""The first warms up."""


async def figures(folder: Path) -> Sequence[Figure]:
    logs.configure(LogSettings(level="error"))
    floor: list[float] = []
    ours: list[float] = []
    async with opened(folder, MODELS_FILE=str(MODELS), SPEND_LIMIT_USD_MONTH="1000000") as world:
        server = world.server()
        people = [server.member(f"Ann{number}").id for number in range(PEOPLE)]
        for number in range(ROUNDS):
            await world.env.restart_bot(Bare())
            floor += (await taken(server, people))[: number * PEOPLE]
            await world.start()
            ours += (await taken(server, people))[: number * PEOPLE]
            await drawn(server)
    what = f"acknowledgement, {PEOPLE} commands at once"
    return [
        Figure(f"p50 {what}", quantiles(floor)[1], quantiles(ours)[1]),
        Figure(f"p99 {what}", quantiles(floor, n=100)[-1], quantiles(ours, n=100)[-1]),
    ]


async def drawn(server: Server) -> None:
    """Wait until everybody has their picture, and make room for the next round."""
    here = server.world.env.backend.messages[server.channel.id]
    while sum(bool(one.attachments) for one in here.values()) < PEOPLE:
        server.world.changed.clear()
        await server.world.changed.wait()
    await server.world.env.settle()
    here.clear()


class Bare(discord.AutoShardedClient):
    """The library's own bot, with one command; it hears what ours hears."""

    def __init__(self) -> None:
        super().__init__(intents=intents(), shard_count=1, max_messages=None)
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        @self.tree.command(name="imagine", description="Make a picture")
        async def imagine(interaction: discord.Interaction[Any], prompt: str) -> None:
            await interaction.response.defer(thinking=True)

        await self.tree.sync()


async def taken(server: Server, people: Sequence[int]) -> list[float]:
    """Everybody sends a command; the milliseconds until each was acknowledged."""
    backend = server.world.env.backend
    root = backend.find_command("imagine", server.guild.id, type=1)
    assert root
    data = {"id": root["id"], "name": "imagine", "type": 1}
    data["options"] = [{"name": "prompt", "type": 3, "value": "a red fox"}]
    place = {"channel_id": server.channel.id, "guild_id": server.guild.id}
    commands = [base_payload(backend, type=2, user_id=one, data=data, **place)[1] for one in people]
    await server.world.env.settle()  # what a start reads again is read
    gc.collect()
    gc.freeze()  # the simulated Discord keeps all that ever crossed it, and looking through that is not our doing
    backend.http_requests = times = Times()
    begun = time.perf_counter()
    for command in commands:
        backend.emit("INTERACTION_CREATE", command)
    await server.world.env.settle(timeout=60)
    found = [
        (at - begun) * 1000 for request, at in zip(times, times.at, strict=True) if request.path.endswith("/callback")
    ]
    assert len(found) == len(people)
    return found


class Times(list[Any]):
    """A list of requests that knows when each came."""

    def __init__(self) -> None:
        super().__init__()
        self.at: list[float] = []

    def append(self, request: Any) -> None:
        self.at.append(time.perf_counter())
        super().append(request)
