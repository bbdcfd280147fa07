"""What one person made for themselves in a shared place is shown to all when they say so, and only then."""

import pytest

from tests.harness.bots import Bot

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_private_result_can_be_shown_to_everybody(bot: Bot) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await anna.say("/imagine a fox --private on --model free")
    await room.quiet()
    [mine] = room.results
    assert mine.private
    picture = mine.pictures[0].id.removeprefix("i:")
    await ben.press_id(f"v1:keep:{picture}")
    assert "is gone" in room.read() or "not" in room.read()
    await anna.press("Show everybody", mine)
    shared = [one for one in room.results if not one.private]
    assert shared
    assert "Everybody here sees it now." in room.read()
    await ben.press_id(f"v1:recipe:{picture}")
    assert "a fox" in room.read()


async def test_it_is_shown_once_and_by_nobody_else(bot: Bot) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await anna.say("/imagine a fox --private on --model free")
    await room.quiet()
    action = next(b.action for row in room.results[0].buttons for b in row if b.action.startswith("v1:share"))
    await ben.press_id(action)
    assert len(room.results) == 1
    await anna.press_id(action)
    assert len(room.results) == 2
    await anna.press_id(action)
    assert len(room.results) == 2


async def test_what_all_can_see_has_no_such_button(bot: Bot) -> None:
    room = bot.room("group")
    anna = room.person("Anna")
    await anna.say("/imagine a fox --model free")
    await room.quiet()
    actions = [button.action for row in room.results[0].buttons for button in row]
    assert not [one for one in actions if one.startswith("v1:share")]
