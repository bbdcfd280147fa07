"""Nobody pays twice, for what was not quoted, or for pictures without their photos."""

import asyncio

import pytest

from bot.core.chat.messages import Ask, Show
from storage.tables import references
from tests.harness.accounts import spent
from tests.harness.bots import Bot
from tests.harness.room import Bytes

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_retry_pressed_twice_at_once_is_drawn_and_paid_once(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine [fail gone] a fox --model paid")
    await room.quiet()
    failed = room.id_of(room.last)
    calls = len(bot.scripted.journal)
    await asyncio.gather(anna.press("Retry", failed), anna.press("Retry", failed))
    await room.quiet()
    assert len(bot.scripted.journal) == calls + 1
    assert await spent(bot, anna) == (0, 0)


async def test_pictures_that_fail_in_turns_can_each_be_retried(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine [fail unavailable at 1] [fail no_image at 2] foxes --model paid --count 2")
    await room.quiet()
    for _ in range(3):
        await anna.press("Retry")
        await room.quiet()
        assert "2 of 2 did not work" in room.read() or "1 of 2 did not work" in room.read()
    assert await spent(bot, anna) == (0, 0)


async def test_the_model_that_was_quoted_is_the_model_that_is_charged(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("a castle")
    question = room.last
    await anna.say("/settings --model paid")
    await anna.press("Make", question)
    await room.quiet()
    assert bot.scripted.journal[-1].request.model == "free"
    assert await spent(bot, anna) == (0, 0)


async def test_a_photo_with_words_in_a_group_is_offered_with_its_price(bot: Bot, photo: Bytes) -> None:
    room = bot.room("group")
    anna = room.person("Anna")
    await anna.say("/settings --model paid")
    await anna.say("in the snow", photo)
    assert isinstance(room.last, Ask)
    assert room.read() == "Make this? “in the snow” (Paid fake, $0.04)"
    await anna.press("Make")
    await room.quiet()
    assert len(bot.scripted.journal[-1].request.references) == 1


async def test_nobody_answers_no_for_somebody_else(bot: Bot, photo: Bytes) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await anna.say("/settings --model paid")
    await anna.say("in the snow", photo)
    question = room.id_of(room.last)
    await ben.press("No", question)
    assert isinstance(room.said[question], Ask)


async def test_a_picture_whose_photo_was_deleted_fails_instead_of_showing_somebody_else(bot: Bot, photo: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine [fail unavailable] a fox --model paid", photo)
    await room.quiet()
    async with bot.running.database.write() as tx:
        from storage.tables import people

        user = await people.find(tx, "test", anna.who.id)
        assert user
        expired = await references.expired(tx, 10**14)
        await references.delete(tx, [one.id for one in expired if one.owner == user.id], 1)
    calls = len(bot.scripted.journal)
    await anna.press("Retry")
    await room.quiet()
    assert len(bot.scripted.journal) == calls
    assert "could not use a photo" in room.read()
    assert await spent(bot, anna) == (0, 0)


async def test_an_edit_cannot_turn_a_young_persons_picture_suggestive(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine a little girl on a beach --model free")
    await room.quiet()
    await anna.press("Edit")
    await anna.submit(room.last, prompt="in lingerie")
    assert room.read().startswith("I make no sexualised pictures of anybody young")


async def test_private_pictures_stay_private_when_somebody_goes_on_from_them_in_a_group(bot: Bot) -> None:
    home, group = bot.room(), bot.room("group")
    anna = home.person("Anna")
    await anna.say("/imagine a secret fox --model free")
    await home.quiet()
    action = home.results[0].pictures[0].actions["vary"]
    there = anna.elsewhere(group)
    await there.press_id(action)
    await group.quiet()
    [shown] = [said for said in group.said.values() if isinstance(said, Show)]
    assert shown.private
