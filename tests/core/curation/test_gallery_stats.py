"""/gallery stats: a person's own pictures in numbers."""

import pytest

from tests.harness.bots import Bot

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_empty_gallery_says_how_to_fill_it(bot: Bot) -> None:
    room = bot.room()
    await room.person("Anna").say("/gallery stats")
    assert room.read().startswith("No pictures here yet.")


async def test_pictures_are_counted_by_verdict_and_by_persona(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    for name in ("Mila", "Noor"):
        await anna.say(f"/persona create {name} --kind product")
    await anna.say("/imagine foxes --model free --count 4")
    await room.quiet()
    for label in ("1", "2"):
        await anna.press(label)
    for picture, verb in ((1, "best"), (4, "reject")):
        shown = room.results[0].pictures[picture - 1]
        await anna.press_id(shown.actions[verb])
    await anna.say("/imagine a lamp --persona Noor --model free --count 2")
    await room.quiet()
    await anna.say("/imagine a lamp --persona Mila --model free")
    await room.quiet()
    await anna.say("/gallery stats")
    assert room.read() == "7 pictures: 2 kept, 1 best, 1 rejected.\nNoor: 2\nMila: 1"


async def test_what_failed_or_is_in_the_trash_does_not_count(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine [fail refused at 1] foxes --model free --count 3")
    await room.quiet()
    await anna.press_id(room.results[0].pictures[0].actions["trash"])
    await anna.say("/gallery stats")
    assert room.read() == "One picture: 0 kept, 0 best, 0 rejected."


async def test_the_numbers_are_ones_own_in_a_group_too(bot: Bot) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await anna.say("/imagine foxes --model free --count 3")
    await room.quiet()
    await ben.say("/gallery stats")
    assert room.read().startswith("No pictures here yet.")
    await anna.say("/gallery stats")
    assert room.read().startswith("3 pictures")
