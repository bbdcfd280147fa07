"""A press counts only where that action stands on that message, whichever front brings it."""

import pytest

from bot.core.chat.messages import Press, Say, Show
from tests.harness.bots import Bot
from tests.harness.room import Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def drawn(bot: Bot) -> tuple[Room, Person, str]:
    """A room in which Anna has a result, and the id of its message."""
    room = bot.room("group")
    anna = room.person("Anna")
    await anna.say("/imagine a fox --model free --count 2")
    await room.quiet()
    return room, anna, room.id_of(room.results[-1])


def row_of(room: Room, message: str) -> str:
    shown = room.said[message]
    assert isinstance(shown, Show)
    return shown.pictures[0].id.removeprefix("i:")


@pytest.mark.parametrize(
    "action", ["v1:drop:x", "v1:confirm:x", "v1:forget:x", "v1:erase:x", "v1:flag:x:me", "v1:link:x:yes", "v1:unmake:x",
               "v1:settings:me", "v1:menu:gallery-browse", "v1:traits:x:all"],
)  # fmt: skip
async def test_an_action_about_something_else_leaves_a_result_as_it_is(bot: Bot, action: str) -> None:
    room, _, message = await drawn(bot)
    before = room.said[message]
    stranger = room.person("Mallory")
    await stranger.press_on(message, action)
    assert room.said[message] is before
    answer = room.last
    assert isinstance(answer, Say)
    assert answer.tone == "error"


async def test_an_action_on_another_generation_leaves_both_as_they_are(bot: Bot) -> None:
    _, anna, first = await drawn(bot)
    other, _, second = await drawn(bot)
    await anna.press_on(first, f"v1:keep:{row_of(other, second)}")
    assert isinstance(shown := other.said[second], Show)
    assert {one.verdict for one in shown.pictures} == {"undecided"}


async def test_an_action_that_the_message_does_not_offer_does_nothing(bot: Bot) -> None:
    room, anna, message = await drawn(bot)
    row = row_of(room, message)
    keep, trash = f"v1:keep:{row}", f"v1:trash:{row}"
    await anna.handle(Press(**anna.event(), action=trash, message=anna.ref(message), offered=frozenset([keep])))
    assert isinstance(shown := room.said[message], Show)
    assert len(shown.pictures) == 2
    await anna.handle(Press(**anna.event(), action=keep, message=anna.ref(message), offered=frozenset([keep])))
    assert isinstance(shown := room.said[message], Show)
    assert shown.pictures[0].verdict == "kept"
