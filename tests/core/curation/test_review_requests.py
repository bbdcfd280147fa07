"""Going one by one through the pictures of one request, by option and by button."""

import pytest

from bot.core.chat.messages import Ask, Say, Show
from tests.harness.bots import Bot
from tests.harness.room import Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def drawn(bot: Bot, count: int = 3, audience: str = "private") -> tuple[Room, Person]:
    """Anna with an older picture and then so many of one request."""
    room = bot.room(audience)  # type: ignore[arg-type]
    anna = room.person("Anna")
    for number in (1, count):
        await anna.say(f"/imagine foxes --model free --count {number}")
        await room.quiet()
    return room, anna


def labels(outgoing: Show | Say | Ask) -> list[str]:
    return [button.label.key for row in outgoing.buttons for button in row]


async def test_last_is_the_latest_request_here_and_nothing_else(bot: Bot) -> None:
    room, anna = await drawn(bot)
    await anna.say("/curate --generation last")
    assert "1 of 3" in room.read()
    for number in (2, 3):
        await anna.press("Keep", room.last)
        assert f"{number} of 3" in room.read()
    await anna.press("Reject", room.last)
    assert room.read() == "Those were all 3.\n✅ 2 · ❌ 1 · ⭐ 0"
    assert [picture.verdict for picture in room.results[0].pictures] == ["undecided"]


async def test_last_without_any_request_here_says_so(bot: Bot) -> None:
    _, anna = await drawn(bot)
    elsewhere = bot.room()
    await anna.elsewhere(elsewhere).say("/curate --generation last")
    assert elsewhere.read().startswith("There is nothing left to judge.")


async def test_a_request_is_also_named_by_its_id(bot: Bot) -> None:
    room, anna = await drawn(bot)
    await anna.say(f"/curate --generation {room.generation_of(room.results[1])}")
    assert "1 of 3" in room.read()


async def test_an_id_that_is_none_is_answered(bot: Bot) -> None:
    room, anna = await drawn(bot)
    await anna.say("/curate --generation nonsense")
    assert room.read() == "This picture is gone."


async def test_more_than_two_pictures_have_a_button_for_going_one_by_one(bot: Bot) -> None:
    room, anna = await drawn(bot, 3)
    await anna.press("One by one", room.results[1])
    assert "1 of 3" in room.read()
    assert isinstance(room.last, Show)
    assert room.last.private
    assert len(room.last.pictures) == 1


async def test_two_pictures_have_none(bot: Bot) -> None:
    room, _ = await drawn(bot, 2)
    assert "button-curate" not in labels(room.results[1])


async def test_pressed_again_it_goes_on_where_it_was_left(bot: Bot) -> None:
    room, anna = await drawn(bot, 3)
    where = room.id_of(room.results[1])
    await anna.press("One by one", where)
    await anna.press("Keep", room.last)
    await anna.press("One by one", where)
    assert "2 of 3" in room.read()


async def test_what_was_judged_already_is_left_out(bot: Bot) -> None:
    room, anna = await drawn(bot, 3)
    await anna.press("2", room.results[1])
    await anna.press("One by one", room.results[1])
    assert "1 of 2" in room.read()


async def test_in_a_group_everybody_has_a_round_of_their_own(bot: Bot) -> None:
    room, anna = await drawn(bot, 3, "group")
    ben = room.person("Ben")
    await ben.say("/quota")
    where = room.id_of(room.results[1])
    await anna.press("One by one", where)
    annas = room.id_of(room.last)
    await ben.press("One by one", where)
    assert "1 of 3" in room.read()
    await ben.press("Skip", annas)
    assert room.read() == "This button no longer works."
    assert "1 of 3" in room.read(room.said[annas])
