"""One picture at a time until all are judged."""

import io
import json
import zipfile

import pytest

from bot.core.chat.messages import Document, Say, Show
from bot.core.incoming.app import NoSuchPicture
from tests.harness.bots import Bot
from tests.harness.room import Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def round_of(bot: Bot, count: int) -> tuple[Room, Person]:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say(f"/imagine foxes --model free --count {count}")
    await room.quiet()
    await anna.say("/curate")
    return room, anna


def card(room: Room) -> Show:
    assert isinstance(room.last, Show), room.read()
    return room.last


async def test_without_undecided_pictures_there_is_nothing_to_judge(bot: Bot) -> None:
    room = bot.room()
    await room.person("Anna").say("/curate")
    assert room.read().startswith("There is nothing left to judge.")


async def test_each_press_judges_the_card_and_shows_the_next_in_its_place(bot: Bot) -> None:
    room, anna = await round_of(bot, 4)
    messages = len(room.said)
    assert room.read() == "▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱ 1 of 4\n✅ 0 · ❌ 0 · ⭐ 0"
    for label, place in [("Keep", "2 of 4"), ("Reject", "3 of 4"), ("Skip", "4 of 4")]:
        await anna.press(label, room.last)
        assert place in room.read()
    await anna.press("Best", room.last)
    assert room.read() == "Those were all 4.\n✅ 2 · ❌ 1 · ⭐ 1"
    assert len(room.said) == messages
    assert [picture.verdict for picture in room.results[0].pictures] == ["kept", "rejected", "undecided", "kept"]


async def test_a_second_tap_on_a_card_that_is_gone_keeps_nothing_unseen(bot: Bot) -> None:
    room, anna = await round_of(bot, 3)
    keep = card(room).buttons[0][0].action
    where = room.id_of(room.last)
    for _ in range(2):
        await anna.press_on(where, keep)
    assert "2 of 3" in room.read()
    assert [picture.verdict for picture in room.results[0].pictures] == ["kept", "undecided", "undecided"]


async def test_undo_steps_back_and_takes_the_judgement_away(bot: Bot) -> None:
    room, anna = await round_of(bot, 2)
    await anna.press("Keep", room.last)
    await anna.press("Undo", room.last)
    assert room.read() == "▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱ 1 of 2\n✅ 0 · ❌ 0 · ⭐ 0"


async def test_a_round_goes_on_where_it_was_left(bot: Bot) -> None:
    room, anna = await round_of(bot, 3)
    await anna.press("Keep", room.last)
    await anna.say("/curate")
    assert "2 of 3" in room.read()


async def test_a_picture_put_away_meanwhile_is_passed_over(bot: Bot) -> None:
    room, anna = await round_of(bot, 2)
    shown = room.last
    await anna.press_id(room.results[0].pictures[0].actions["trash"])
    await anna.press("Keep", shown)
    assert "2 of 2" in room.read([said for said in room.said.values() if isinstance(said, Show)][-1])


async def test_the_kept_come_as_one_file_with_their_recipes(bot: Bot) -> None:
    room, anna = await round_of(bot, 2)
    await anna.press("Keep", room.last)
    await anna.press("Reject", room.last)
    await anna.press("Download the kept")
    document = room.last
    assert isinstance(document, Document)
    file = await bot.running.app.picture(document.file, anna.who, "original")
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        names = archive.namelist()
        recipes = json.loads(archive.read("recipes.json"))
    assert len(names) == 2
    assert (recipes[0]["file"], recipes[0]["prompt"], recipes[0]["model"]) == (names[0], "foxes", "free")
    stranger = room.person("Stranger")
    await stranger.say("/quota")
    with pytest.raises(NoSuchPicture):
        await bot.running.app.picture(document.file, stranger.who, "original")


async def test_a_picture_whose_file_is_lost_is_named_and_the_others_come(bot: Bot) -> None:
    room, anna = await round_of(bot, 3)
    for _ in range(3):
        await anna.press("Keep", room.last)
    (await bot.blob_of(room.results[0].pictures[1].id)).unlink()
    await anna.press("Download the kept")
    document = room.last
    assert isinstance(document, Document)
    file = await bot.running.app.picture(document.file, anna.who, "original")
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        recipes = json.loads(archive.read("recipes.json"))
        assert len(archive.namelist()) == 3
    assert [recipe["lost"] for recipe in recipes] == [False, True, False]


async def test_nothing_kept_gives_no_file(bot: Bot) -> None:
    room, anna = await round_of(bot, 1)
    await anna.press("Reject", room.last)
    await anna.press("Download the kept")
    assert isinstance(room.last, Say)
    assert room.read().startswith("You kept none of these")
