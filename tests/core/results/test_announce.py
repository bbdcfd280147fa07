"""The progress message of a request: shown once and picked up again, whatever cuts it off or holds it up."""

import asyncio
from collections.abc import Callable

import pytest

from bot.core.chat.messages import MessageRef, Outgoing, Progress, Upload
from tests.harness.bots import Bot

pytestmark = pytest.mark.asyncio(loop_scope="module")

PROGRESS = "the progress message"


class Slow:
    """Somebody in a chat in which the progress message has one id, and is long in being posted: until `on`."""

    def __init__(self, bot: Bot) -> None:
        self.room = bot.room()
        self.anna = self.room.person("Anna")
        self.posted, self.on = asyncio.Event(), asyncio.Event()

    async def speak(self, outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef:
        assert isinstance(outgoing, Progress)
        ref = await self.room.rooms.send(self.room.place, outgoing, PROGRESS, instead_of=instead_of)
        self.posted.set()
        await self.on.wait()
        return ref

    async def asks(self, text: str) -> None:
        """The same event each time."""
        await self.room.app.handle(Upload(**self.anna.event(f"asked-{self.anna.who.id}"), text=text), self.speak)

    async def asking(self, text: str) -> "asyncio.Task[None]":
        """What goes on once the message stands in the chat."""
        task = asyncio.create_task(self.asks(text))
        await self.posted.wait()
        return task

    async def until(self, wanted: Callable[[], bool]) -> None:
        while not wanted():
            self.room.rooms.changed.clear()
            await self.room.rooms.changed.wait()


async def test_a_message_that_a_cut_left_behind_is_picked_up_when_the_request_comes_again(bot: Bot) -> None:
    chat = Slow(bot)
    first = await chat.asking("/imagine [hold] a fox")
    first.cancel()
    await asyncio.wait([first])
    chat.on.set()
    await chat.asks("/imagine [hold] a fox")
    await bot.scripted.release(1)
    await chat.room.quiet()
    assert list(chat.room.said) == [PROGRESS]
    assert len(chat.room.results) == 1


async def test_a_request_that_comes_again_while_its_message_is_being_posted_is_not_shown_twice(bot: Bot) -> None:
    chat = Slow(bot)
    first = await chat.asking("/imagine [hold] a fox")
    chat.posted.clear()
    await chat.asks("/imagine [hold] a fox")
    assert not chat.posted.is_set()
    chat.on.set()
    await first
    await bot.scripted.release(1)
    await chat.room.quiet()
    assert list(chat.room.said) == [PROGRESS]


async def test_a_message_that_comes_after_the_pictures_goes_again(bot: Bot) -> None:
    chat = Slow(bot)
    asking = await chat.asking("/imagine a fox")
    await chat.until(lambda: bool(chat.room.results))
    chat.on.set()
    await asking
    await chat.until(lambda: PROGRESS not in chat.room.said)
    assert len(chat.room.results) == 1


async def test_a_message_about_what_was_deleted_meanwhile_goes_again(bot: Bot) -> None:
    chat = Slow(bot)
    asking = await chat.asking("/imagine [hold] a secret")
    await chat.anna.say("/privacy delete")
    await chat.anna.press("Delete")
    chat.on.set()
    await asking
    assert PROGRESS not in chat.room.said
