"""🚩 Report, or “this is me”: hidden at once, and decided by those who look after the place."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.core.chat.messages import Ask, Say, Show, Who
from bot.core.incoming.app import NoSuchPicture
from tests.harness.bots import Bot, started
from tests.harness.room import Bytes, Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")

HIDDEN = "This picture was reported and is hidden until a moderator decides."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    """A bot with an operator, who is no member of the groups."""
    async with started(tmp_path_factory.mktemp("data"), ADMINS="test:boss") as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def desk(bot: Bot) -> Room:
    """The private chat of the operator, who has said hello."""
    desk = bot.room()
    await boss(desk).command("start")
    return desk


def boss(room: Room) -> Person:
    return Person(room, Who("test", "boss", "Boss"), "en")


async def drawn(bot: Bot, count: int = 1, *photos: Bytes, more: str = "") -> tuple[Room, Person, Person, Person]:
    """A group with pictures of Anna's, with Ben in it, and Mod who looks after it and has a private chat with me."""
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await ben.say("/quota")
    mod = Person(room, Who("test", room.place.chat[:8], "Mod", manages=True), "en")
    await mod.say("/quota")
    await mod.elsewhere(bot.room()).say("/quota")
    await anna.say(f"/imagine foxes --model free --count {count}{more}", *photos)
    await room.quiet()
    return room, anna, ben, mod


def told(bot: Bot, picture: str, line: str) -> list[str]:
    """The chats in which somebody is asked about a picture with that line."""
    app = bot.running.app
    return [
        chat
        for chat, messages in bot.rooms.chats.items()
        for said in messages.values()
        if isinstance(said, Ask)
        and [shown.id for shown in said.pictures] == [f"i:{picture}"]
        and line in [app.words(text, "en") for text in said.lines]
    ]


async def reported(bot: Bot, reason: str = "Something else") -> tuple[Room, Person, Person, Person, str]:
    """The same after Ben reported Anna's picture, with the picture's id."""
    room, anna, ben, mod = await drawn(bot)
    picture = room.results[0].pictures[0].id.removeprefix("i:")
    await ben.press("🚩")
    await ben.press(reason)
    return room, anna, ben, mod, picture


async def test_a_reported_picture_is_hidden_at_once_and_the_reporter_thanked(bot: Bot, desk: Room) -> None:
    room, _, ben, _ = await drawn(bot)
    await ben.press("🚩")
    assert room.read() == (
        "What is wrong with picture 1? I hide it at once and tell those who look after this place."
    )  # fmt: skip
    await ben.press("This is me")
    assert room.read() == "Thank you. The picture is hidden, and the moderators know."
    assert not room.results


async def test_moderators_and_operators_are_told_in_private_who_says_what(bot: Bot, desk: Room) -> None:
    room, *_, picture = await reported(bot, "This is me")
    line = "🚩 Ben says: “this is me, and I do not agree.” It is picture 1 of Anna. I have hidden it."
    chats = told(bot, picture, line)
    assert len(chats) == len(set(chats))
    assert desk.place.chat in chats
    assert room.place.chat not in chats
    assert len(chats) >= 2, "the moderator too"


async def test_nobody_can_fetch_or_go_on_from_a_hidden_picture(bot: Bot, desk: Room) -> None:
    room, anna, ben, _, picture = await reported(bot)
    for who in (anna, ben):
        with pytest.raises(NoSuchPicture):
            await bot.running.app.picture(f"i:{picture}", who.who, "full")
        for verb in ("original", "send", "recipe", "vary", "edit", "keep", "restore", "trash", "report"):
            await who.press_id(f"v1:{verb}:{picture}")
            assert room.read() == HIDDEN, verb


async def test_those_who_decide_see_what_they_decide_about(bot: Bot, desk: Room) -> None:
    _, _, _, mod, picture = await reported(bot)
    for who in (mod, boss(desk)):
        assert (await bot.running.app.picture(f"i:{picture}", who.who, "thumb")).data


async def test_a_moderator_shows_it_again(bot: Bot, desk: Room) -> None:
    room, _, ben, mod, picture = await reported(bot)
    await mod.press_id(f"v1:decide:{picture}:show")
    assert room.read() == "Shown again."
    assert [shown.id for shown in room.results[0].pictures] == [f"i:{picture}"]
    await mod.press_id(f"v1:decide:{picture}:delete")
    assert "already answered" in room.read()
    assert (await bot.running.app.picture(f"i:{picture}", ben.who, "full")).data


async def test_a_picture_that_was_deleted_for_good_does_not_come_back(bot: Bot, desk: Room) -> None:
    room, anna, _, mod, picture = await reported(bot)
    await mod.press_id(f"v1:decide:{picture}:delete")
    assert room.read() == "Deleted for good."
    for who, action in ((mod, f"decide:{picture}:show"), (anna, f"restore:{picture}"), (mod, f"restore:{picture}")):
        await who.press_id(f"v1:{action}")
        assert isinstance(room.last, Say)
        assert room.last.tone == "error"
    assert not room.results
    with pytest.raises(NoSuchPicture):
        await bot.running.app.picture(f"i:{picture}", anna.who, "full")


async def test_an_operator_who_is_no_moderator_decides_too(bot: Bot, desk: Room) -> None:
    room, *_, picture = await reported(bot)
    await boss(desk).press_id(f"v1:decide:{picture}:show")
    assert desk.read() == "Shown again."
    assert len(room.results) == 1


async def test_nobody_else_decides(bot: Bot, desk: Room) -> None:
    room, anna, ben, _, picture = await reported(bot)
    elsewhere = bot.room("group")
    for who in (anna, ben, Person(elsewhere, Who("test", "other-mod", "Other", manages=True), "en")):
        for arg in ("show", "delete", "stop"):
            await who.press_id(f"v1:decide:{picture}:{arg}")
            assert who.room.read() == "Only a moderator of this place or an operator can do that."
    assert not room.results


async def test_stopping_the_persona_deletes_the_picture_and_the_personas_photos(
    bot: Bot, desk: Room, photo: Bytes
) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await ben.say("/quota")
    await anna.say("/persona create Mila --kind fictional", photo)
    await anna.say("/imagine a fox --persona Mila --model free")
    await room.quiet()
    await ben.press("🚩")
    await ben.press("This is me")
    await boss(desk).press("Stop the persona")
    assert desk.read() == "The picture is deleted, the photos of its persona too."
    await anna.say("/reference list Mila")
    assert room.read().startswith("Mila has no reference photos yet.")


async def test_of_several_it_asks_which_and_hides_that_one(bot: Bot, desk: Room) -> None:
    room, _, ben, _ = await drawn(bot, 3)
    result = room.id_of(room.results[0])
    await ben.press("🚩", result)
    assert room.read() == "Which picture do you report?"
    await ben.press("2")
    await ben.press("Something else")
    shown = room.said[result]
    assert isinstance(shown, Show)
    assert [picture.number for picture in shown.pictures] == [1, 3]


async def test_a_second_report_of_the_same_picture_tells_nobody_again(bot: Bot, desk: Room) -> None:
    room, anna, _, _, picture = await reported(bot)
    before = len(desk.said)
    await anna.press_id(f"v1:flag:{picture}:me")
    assert room.read() == HIDDEN
    assert len(desk.said) == before


async def test_a_report_left_alone_hides_nothing(bot: Bot, desk: Room) -> None:
    room, _, ben, _ = await drawn(bot)
    await ben.press("🚩")
    await ben.press("No")
    assert len(room.results) == 1


async def test_a_forged_reason_or_decision_does_nothing(bot: Bot, desk: Room) -> None:
    room, _, ben, mod = await drawn(bot)
    picture = room.results[0].pictures[0].id.removeprefix("i:")
    await ben.press_id(f"v1:flag:{picture}:boredom")
    assert room.read() == "This button no longer works."
    assert len(room.results) == 1
    await ben.press_id(f"v1:flag:{picture}:other")
    await mod.press_id(f"v1:decide:{picture}:burn")
    assert room.read() == "This button no longer works."


async def test_a_hidden_picture_is_in_no_gallery_and_in_no_round(bot: Bot, desk: Room) -> None:
    room, anna, _, _, _ = await reported(bot)
    await anna.say("/gallery browse")
    assert room.read().startswith("No pictures here yet.")
    await anna.say("/curate")
    assert room.read().startswith("There is nothing left to judge.")
