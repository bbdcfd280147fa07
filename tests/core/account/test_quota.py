"""/quota: what was used and what is left, in pictures, dollars and tokens."""

import pytest

from tests.harness.accounts import limit, limited
from tests.harness.bots import Bot

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_it_says_what_was_used_and_what_is_left(bot: Bot) -> None:
    room = bot.room()
    anna = await limited(bot, room, images_day=10, micro_month=1_000_000)
    await anna.say("/imagine foxes --model paid --count 2")
    await room.quiet()
    await anna.say("/quota")
    assert room.read().splitlines() == [
        "Today: 2 of 10 pictures, 8 left. The day ends at midnight UTC.",
        "This month: $0.08 of $1.00, $0.92 left.",
        "All time: 2 pictures, $0.08.",
        "Left today: about 8 pictures with Free fake",
    ]


async def test_what_is_being_made_is_reserved(bot: Bot) -> None:
    room = bot.room()
    anna = await limited(bot, room)
    await anna.say("/imagine [hold] foxes --model paid --count 2")
    await anna.say("/quota")
    assert "Reserved for work that runs: 2 pictures, $0.08." in room.read()
    await bot.scripted.release(2)
    await room.quiet()
    await anna.say("/quota")
    assert "Reserved" not in room.read()


@pytest.mark.parametrize(
    ("images", "micro", "left"),
    [
        (50, 100_000, "about 2 pictures with Paid fake"),
        (50, 40_000, "about one picture with Paid fake"),
        (50, 39_999, "about 0 pictures with Paid fake"),
        (1, 10_000_000, "about one picture with Paid fake"),
        (0, 10_000_000, "about 0 pictures with Paid fake"),
    ],
)
async def test_what_is_left_is_counted_in_pictures_of_the_model_they_would_get(
    bot: Bot, images: int, micro: int, left: str
) -> None:
    room = bot.room()
    anna = await limited(bot, room, images_day=images, micro_month=micro)
    await anna.say("/settings --model paid")
    await anna.say("/quota")
    assert f"Left today: {left}" in room.read()


async def test_less_granted_than_used_leaves_nothing_rather_than_less(bot: Bot) -> None:
    room = bot.room()
    anna = await limited(bot, room)
    await anna.say("/imagine foxes --model paid --count 2")
    await room.quiet()
    await limit(bot, anna, images_day=1, micro_month=10_000)
    await anna.say("/quota")
    assert "Today: 2 of 1 pictures, 0 left." in room.read()
    assert "This month: $0.08 of $0.01, $0.00 left." in room.read()


async def test_tokens_are_told_once_there_are_any(bot: Bot) -> None:
    room = bot.room()
    anna = await limited(bot, room)
    await anna.say("/quota")
    assert "Tokens" not in room.read()
    await anna.say("/imagine a fox [tokens 1500] --model free")
    await room.quiet()
    await anna.say("/quota")
    assert room.read().splitlines()[-1] == "Tokens: 1,500 so far"
