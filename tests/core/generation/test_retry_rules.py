"""Pressing Retry asks the same questions again: who agrees, and with the patience of a new request."""

import pytest

from storage.tables import attempts
from tests.harness.bots import Bot
from tests.harness.room import Bytes

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_is_shared_no_longer_is_not_drawn_again(bot: Bot, face: Bytes) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await anna.say("/persona create Mila --kind real", face)
    await anna.press("It is me")
    await anna.say("/persona share Mila")
    await ben.say("/imagine [fail gone] by a window --persona Mila --model free")
    await room.quiet()
    await anna.say("/persona share Mila --off")
    calls = len(bot.scripted.journal)
    await ben.press("Retry")
    assert len(bot.scripted.journal) == calls
    assert room.last.tone == "error"  # type: ignore[union-attr]  # a refusal is a Say


async def test_a_retry_has_all_its_tries_again(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine [fail unavailable 6] a fox --model free")
    await room.quiet()
    assert not room.results
    await anna.press("Retry")
    await room.quiet()
    image = room.results[0].pictures[0].id.removeprefix("i:")
    async with bot.running.database.read() as tx:
        made = await attempts.of_image(tx, image)
    assert [one.outcome for one in made] == ["unavailable"] * 6 + ["done"]


async def test_a_reported_picture_is_said_to_be_hidden_and_cannot_be_taken_back(bot: Bot) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await anna.say("/imagine a fox --model free")
    await room.quiet()
    result = room.id_of(room.results[0])
    await ben.press("🚩", result)
    await ben.press("This is me")
    hidden = room.said[result]
    assert "hidden until a moderator decides" in room.read(hidden)
    assert not hidden.buttons  # type: ignore[union-attr]  # words and buttons
