"""The smallest front: fifteen lines that fulfil the contract, on which pictures are asked for, drawn and delivered."""

import asyncio
import inspect
from pathlib import Path

import pytest

from bot.core.chat.messages import Command, MessageRef, Outgoing, Place, Show, Who
from tests.harness.bots import started

LINES = 15
ADA = Who("small", "1", "Ada")
HERE = Place("small", "home")


class SmallestFront:
    """A platform that keeps every message by its id."""

    platform = "small"

    def __init__(self) -> None:
        self.messages, self.changed = dict[MessageRef, Outgoing](), asyncio.Event()

    async def send(
        self, place: Place, outgoing: Outgoing, key: str, *, instead_of: MessageRef | None = None, to: str | None = None
    ) -> MessageRef | None:
        ref = instead_of or MessageRef(self.platform, place.chat, key)
        self.messages[ref] = outgoing
        self.changed.set()
        return ref

    async def readable(self, who: str, chat: str, threads: frozenset[str]) -> frozenset[str]:
        return threads

    async def remove(self, ref: MessageRef) -> None:
        self.messages.pop(ref, None)


class Mute(SmallestFront):
    """A platform that delivers nothing any more."""

    async def send(
        self, place: Place, outgoing: Outgoing, key: str, *, instead_of: MessageRef | None = None, to: str | None = None
    ) -> MessageRef | None:
        await super().send(place, outgoing, key, instead_of=instead_of, to=to)
        return None


@pytest.mark.parametrize(("front", "remembered"), [(SmallestFront(), 1), (Mute(), 0)])
async def test_a_request_is_delivered_once_and_only_a_message_that_stands_is_remembered(
    front: SmallestFront, remembered: int, tmp_path: Path
) -> None:
    async with started(tmp_path) as bot:
        bot.running.fronts[front.platform] = front

        async def speak(outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef | None:
            return await front.send(HERE, outgoing, "answer", instead_of=instead_of)

        wish = Command(event_id="1", place=HERE, who=ADA, locale="en", name="imagine", options={"prompt": "a fox"})
        await bot.running.app.handle(wish, speak)
        while not any(isinstance(one, Show) for one in front.messages.values()):
            front.changed.clear()
            await front.changed.wait()
    async with started(tmp_path) as bot:
        assert len(await bot.running.app.open_messages(front.platform)) == remembered


def test_a_front_fits_fifteen_lines() -> None:
    body = inspect.getsource(SmallestFront).splitlines()[2:]
    assert len([line for line in body if line.strip()]) <= LINES
