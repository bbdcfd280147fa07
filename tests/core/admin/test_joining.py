"""Being taken into a server or a group: greeted once, and let in by an operator where only some are."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.core.chat.messages import Inspect, Joined, Place, Who
from tests.harness.bots import Bot, started
from tests.harness.room import Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    """A bot for those who are let in."""
    async with started(tmp_path_factory.mktemp("data"), ACCESS="allowlist", ADMINS="test:boss") as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def desk(bot: Bot) -> Room:
    """The private chat of the operator, who has said hello."""
    desk = bot.room()
    await boss(desk).command("start")
    return desk


def boss(room: Room) -> Person:
    return Person(room, Who("test", "boss", "Boss"), "en")


async def test_the_operator_is_asked_and_lets_the_place_in(bot: Bot, desk: Room) -> None:
    room = bot.room("group")
    anna = room.person("Anna")
    event = anna.event()
    await anna.handle(Joined(**event, title="The studio"))
    assert "I have just asked" in room.read()
    assert "Anna took me into “The studio”" in desk.read()
    await anna.say("/quota")
    assert "Ask its operator to let you in" in room.read()
    await boss(desk).press("Allow")
    assert "Let in" in desk.read()
    await anna.say("/quota")
    assert "today" in room.read().lower()
    said = len(room.said)
    await anna.handle(Joined(**event, title="The studio"))
    assert len(room.said) == said


async def test_nobody_but_an_operator_lets_a_place_in(bot: Bot, desk: Room) -> None:
    room = bot.room("group")
    anna = room.person("Anna")
    await anna.handle(Joined(**anna.event(), title="The studio"))
    action = desk.last.buttons[0][0].action  # type: ignore[union-attr]  # a question has buttons
    await anna.press_id(action)
    await boss(desk).press("Block")
    assert "Shut out" in desk.read()
    await boss(desk).press_id(action.replace(":allow", ":crown"))
    assert "Let in" not in desk.read()


async def test_a_moderator_of_the_platform_is_one_of_ours_until_they_are_not(bot: Bot, desk: Room) -> None:
    room = bot.room("group")
    await boss(room).command("admin allow", who="here")
    anna, ben = room.person("Anna"), room.person("Ben")
    await anna.say("/imagine a fox")
    await room.quiet()
    shown = room.results[0].pictures[0]
    picture = shown.id.removeprefix("i:")
    await ben.press_id(f"v1:trash:{picture}")
    assert room.results[0].pictures
    moderator = Person(room, Who("test", ben.who.id, "Ben", manages=True), "en")
    await moderator.press_id(f"v1:trash:{picture}")
    await Person(room, Who("test", ben.who.id, "Ben", manages=False), "en").press_id(f"v1:restore:{picture}")
    assert "Only its owner or a moderator" in room.read()


async def test_the_recipe_of_a_message_and_of_none(bot: Bot, desk: Room) -> None:
    room = bot.room("group")
    await boss(room).command("admin allow", who="here")
    anna = room.person("Anna")
    await anna.say("/imagine a fox --count 2")
    await room.quiet()
    await anna.handle(Inspect(**anna.event(), message=anna.ref(room.id_of(room.results[0]))))
    assert "The recipe of which picture?" in room.read()
    await anna.press("2")
    assert "a fox" in room.read()
    await anna.handle(Inspect(**anna.event(), message=anna.ref("none")))
    assert "There is no picture of mine" in room.read()


async def test_what_a_front_keeps_of_a_dialogue_is_there_after_and_gone_when_it_ends(bot: Bot) -> None:
    app = bot.running.app
    anna, here = Who("test", "anna", "Anna"), Place("test", "dialogue")
    assert await app.dialogue(anna, here) is None
    await app.keep_dialogue(anna, here, {"step": 1})
    await app.keep_dialogue(anna, here, {"step": 2})
    assert await app.dialogue(anna, here) == {"step": 2}
    assert await app.dialogue(Who("test", "ben", "Ben"), here) is None
    await app.keep_dialogue(anna, here, None)
    assert await app.dialogue(anna, here) is None
