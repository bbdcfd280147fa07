"""The progress message of a request: shown once and picked up again, whatever cuts it off or holds it up."""

import asyncio
from collections.abc import Callable

import pytest

from bot.core.messages import MessageRef, Outgoing, Progress, Speak, Upload
from tests.harness.bots import Bot
from tests.harness.room import Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")

PROGRESS = "the progress message"


def speaking(person: Person, posted: asyncio.Event, on: asyncio.Event) -> Speak:
    """A chat in which the progress message has one id, is posted before it is known to be, and waits for `on`."""

    async def speak(outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef:
        assert isinstance(outgoing, Progress)
        room = person.room
        ref = await room.rooms.send(room.place, outgoing, PROGRESS, instead_of=instead_of)
        posted.set()
        await on.wait()
        return ref

    return speak


def asked(person: Person, text: str) -> Upload:
    return Upload(**person.event(f"asked-{person.who.id}"), text=text)


async def until(room: Room, wanted: Callable[[], bool]) -> None:
    while not wanted():
        room.rooms.changed.clear()
        await room.rooms.changed.wait()


async def test_a_message_that_a_cut_left_behind_is_picked_up_when_the_request_comes_again(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    posted, on = asyncio.Event(), asyncio.Event()
    first = asyncio.create_task(room.app.handle(asked(anna, "/imagine [hold] a fox"), speaking(anna, posted, on)))
    await posted.wait()
    first.cancel()
    await asyncio.wait([first])
    on.set()
    await room.app.handle(asked(anna, "/imagine [hold] a fox"), speaking(anna, posted, on))
    await bot.scripted.release(1)
    await room.quiet()
    assert list(room.said) == [PROGRESS]
    assert len(room.results) == 1


async def test_a_request_that_comes_again_while_its_message_is_being_posted_is_not_shown_twice(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    posted, on = asyncio.Event(), asyncio.Event()
    first = asyncio.create_task(room.app.handle(asked(anna, "/imagine [hold] a fox"), speaking(anna, posted, on)))
    await posted.wait()
    posted.clear()
    await room.app.handle(asked(anna, "/imagine [hold] a fox"), speaking(anna, posted, on))
    assert not posted.is_set()
    on.set()
    await first
    await bot.scripted.release(1)
    await room.quiet()
    assert list(room.said) == [PROGRESS]


async def test_a_message_that_comes_after_the_pictures_goes_again(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    posted, on = asyncio.Event(), asyncio.Event()
    asking = asyncio.create_task(room.app.handle(asked(anna, "/imagine a fox"), speaking(anna, posted, on)))
    await until(room, lambda: bool(room.results))
    on.set()
    await asking
    await until(room, lambda: PROGRESS not in room.said)
    assert len(room.results) == 1


async def test_a_message_about_what_was_deleted_meanwhile_goes_again(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    posted, on = asyncio.Event(), asyncio.Event()
    asking = asyncio.create_task(room.app.handle(asked(anna, "/imagine [hold] a secret"), speaking(anna, posted, on)))
    await posted.wait()
    await anna.say("/privacy delete")
    await anna.press("Delete")
    on.set()
    await asking
    assert PROGRESS not in room.said
