"""What is said while pictures wait and are made: true, with a place and an estimate, and not too often."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest_asyncio

from bot.core.chat.messages import MessageRef, Outgoing, Place, Progress
from bot.core.results.deliverer import FIRST, PACE
from tests.harness.bots import Bot, started
from tests.harness.room import Rooms


@dataclass(slots=True)
class Telling(Rooms):
    """A platform that keeps every edit of a progress message."""

    edits: list[Progress] = field(default_factory=list)

    async def send(
        self, place: Place, outgoing: Outgoing, key: str, *, instead_of: MessageRef | None = None, to: str | None = None
    ) -> MessageRef:
        if isinstance(outgoing, Progress) and instead_of:
            self.edits.append(outgoing)
        return await Rooms.send(self, place, outgoing, key, instead_of=instead_of, to=to)


@dataclass(slots=True)
class Clock:
    """The time, which stands still until a test moves it on."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest_asyncio.fixture
async def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def bot(tmp_path: Path, clock: Clock) -> AsyncIterator[Bot]:
    async with started(tmp_path, clock=clock) as running:
        running.rooms = running.running.fronts["test"] = Telling()
        yield running


async def test_a_waiting_person_sees_the_place_in_the_queue_and_the_estimate(bot: Bot, clock: Clock) -> None:
    room = bot.room()
    ann = room.person("Ann")
    await ann.say("/imagine [hold] foxes --count 2 --model free")
    await holding(bot, 2)
    clock.pass_(20)  # what a picture takes here
    await bot.scripted.release(2)
    await room.quiet()
    await ann.say("/imagine [hold] hares --count 2 --model free")
    await ann.say("/imagine owls --model free")
    owls = room.id_of(room.last)
    told = await edited(bot, clock, "owls")
    assert told.place == 2
    assert room.read(told).splitlines()[1:] == [
        "2 pictures are ahead of yours.",
        "Done in about 40 seconds.",
        "One usually takes 20 seconds.",
    ]
    await bot.scripted.release(2)
    await room.quiet()
    assert room.said[owls].type == "show"


async def test_a_progress_message_is_edited_at_most_every_three_seconds(bot: Bot, clock: Clock) -> None:
    room = bot.room()
    await room.person("Ann").say("/imagine [hold] foxes --count 8 --model free")
    first = await edited(bot, clock, "foxes")
    assert first.done == 0
    await bot.scripted.release(2)
    await bot.scripted.release(2)
    await holding(bot, 2)
    assert len(telling(bot).edits) == 1, "four pictures came, and the clock stood still"
    clock.pass_(PACE)
    await bot.scripted.release(2)
    await until(bot, 2)
    assert telling(bot).edits[1].done >= 4
    await bot.scripted.release(2)
    await room.quiet()
    assert len(telling(bot).edits) == 2


def telling(bot: Bot) -> Telling:
    assert isinstance(bot.rooms, Telling)
    return bot.rooms


async def edited(bot: Bot, clock: Clock, words: str) -> Progress:
    """The first edit of the message about a request, by letting time pass until it is due."""
    while True:
        for one in telling(bot).edits:
            if words in str(one.lines[0].args):
                return one
        clock.pass_(FIRST)
        await asyncio.sleep(0.1)  # it is looked again after some real seconds


async def until(bot: Bot, count: int) -> None:
    """Wait until there were so many edits."""
    async with asyncio.timeout(30):
        while len(telling(bot).edits) < count:
            bot.rooms.changed.clear()
            await bot.rooms.changed.wait()


async def holding(bot: Bot, count: int) -> None:
    """Wait until the provider is at work on so many pictures."""
    fake = bot.scripted
    async with asyncio.timeout(30), fake._gate:
        await fake._gate.wait_for(lambda: len(fake._holding) == count)
