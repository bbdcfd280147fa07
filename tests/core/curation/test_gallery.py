"""Browsing what was made, and who may see it."""

import pytest

from bot.core.chat.messages import Show, Who
from bot.core.incoming.app import NoSuchPicture
from bot.core.media.pictures import Size
from tests.harness.bots import Bot
from tests.harness.room import Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


def browsed(room: Room) -> Show:
    assert isinstance(room.last, Show), room.read()
    return room.last


async def test_an_empty_gallery_says_how_to_fill_it(bot: Bot) -> None:
    room = bot.room()
    await room.person("Anna").say("/gallery browse")
    assert room.read() == "No pictures here yet. Make one with /imagine, or look with fewer filters."


async def test_pages_turn_to_older_pictures_and_back(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine foxes --model free --count 10")
    await room.quiet()
    await anna.say("/gallery browse")
    first = browsed(room)
    assert room.read() == "10 pictures"
    assert len(first.pictures) == 8
    await anna.press("Older")
    older = browsed(room)
    assert len(older.pictures) == 2
    assert {picture.id for picture in older.pictures}.isdisjoint(picture.id for picture in first.pictures)
    await anna.press("Newer")
    assert [picture.id for picture in browsed(room).pictures] == [picture.id for picture in first.pictures]
    await anna.press("Newer")
    assert room.read() == "These are the newest."


async def test_the_kept_the_best_and_words_of_the_prompt_are_found(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine Élodie au café --model free --count 3")
    await room.quiet()
    await anna.press("1")
    await anna.press_id(room.results[0].pictures[1].actions["best"])
    await anna.say("/gallery browse --verdict kept")
    assert room.read() == "2 pictures"
    await anna.say("/gallery browse --verdict best")
    assert room.read() == "One picture"
    await anna.say("/gallery browse elodie cafe")
    assert room.read() == "3 pictures"
    await anna.say("/gallery browse tractor")
    assert room.read().startswith("No pictures here yet.")
    await anna.say("/gallery browse --since yesterday")
    assert room.read() == "“yesterday” is no day. Write it like 2026-11-20."


async def test_a_picture_can_be_judged_from_the_gallery(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine a fox --model free")
    await room.quiet()
    await anna.say("/gallery browse")
    shelf = room.id_of(room.last)
    await anna.press_on(shelf, browsed(room).pictures[0].actions["keep"])
    assert room.results[0].pictures[0].verdict == "kept"
    page = room.said[shelf]
    assert isinstance(page, Show)
    assert page.pictures[0].verdict == "kept"
    await anna.press_on(shelf, page.pictures[0].actions["keep"].replace("keep-1", "keep-9"))
    assert room.read() == "This button no longer works."


async def test_numbers_stay_when_a_picture_of_the_page_goes(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine foxes --model free --count 3")
    await room.quiet()
    await anna.say("/gallery browse")
    shelf = room.id_of(room.last)
    page = room.said[shelf]
    assert isinstance(page, Show)
    await anna.press_on(shelf, page.pictures[0].actions["trash"])
    await anna.press_on(shelf, page.pictures[1].actions["keep"])
    page = room.said[shelf]
    assert isinstance(page, Show)
    assert [(picture.number, picture.verdict) for picture in page.pictures] == [(2, "kept"), (3, "undecided")]
    await anna.press_on(shelf, page.pictures[0].actions["reject"])
    page = room.said[shelf]
    assert isinstance(page, Show)
    assert [(picture.number, picture.verdict) for picture in page.pictures] == [(2, "rejected"), (3, "undecided")]


async def test_a_groups_gallery_holds_what_was_posted_there_and_nothing_private(bot: Bot) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await anna.say("/imagine a fox --model free")
    await room.quiet()
    await anna.say("/imagine a secret fox --model free --private")
    await room.quiet()
    await ben.say("/gallery browse")
    shown = browsed(room)
    assert room.read() == "One picture"
    assert (await bot.running.app.picture(shown.pictures[0].id, ben.who, "full")).data


async def test_a_stranger_gets_no_picture_and_no_reference(bot: Bot) -> None:
    room = bot.room()
    anna, stranger = room.person("Anna"), bot.room().person("Stranger")
    await anna.say("/imagine a fox --model free")
    await room.quiet()
    await stranger.say("/quota")
    picture = room.results[0].pictures[0].id
    for size in ("thumb", "full", "original"):
        with pytest.raises(NoSuchPicture):
            await bot.running.app.picture(picture, stranger.who, size)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", ["thumb", "preview", "full", "original"])
async def test_nothing_leaves_of_what_a_model_wrote_about_its_work(bot: Bot, size: Size) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine a fox --model free")
    await room.quiet()
    id_ = room.results[0].pictures[0].id
    assert b"class_type" in (await bot.blob_of(id_)).read_bytes(), "it is stored as it came"
    file = await bot.running.app.picture(id_, anna.who, size)
    assert b"class_type" not in file.data


async def test_nor_does_it_go_to_another_model_with_an_edit(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine a fox --model free")
    await room.quiet()
    await anna.press("Edit")
    await anna.submit(room.last, prompt="a fox in snow")
    await room.quiet()
    [reference] = bot.scripted.journal[-1].request.references
    assert b"class_type" not in reference.data


async def test_a_picture_that_cannot_be_read_is_no_picture(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine a fox --model free")
    await room.quiet()
    id_ = room.results[0].pictures[0].id
    (await bot.blob_of(id_)).write_bytes(b"no picture at all")
    with pytest.raises(NoSuchPicture):
        await bot.running.app.picture(id_, anna.who, "preview")


async def test_an_original_says_that_it_was_made_by_a_machine(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine a fox --model free")
    await room.quiet()
    picture = room.results[0].pictures[0].id
    original = await bot.running.app.picture(picture, anna.who, "original")
    full = await bot.running.app.picture(picture, anna.who, "full")
    assert b"trainedAlgorithmicMedia" in original.data
    assert full.data == original.data


async def test_a_groups_gallery_can_be_that_of_one_member(bot: Bot) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await anna.say("/imagine a fox --model free")
    await ben.say("/imagine two owls --model free --count 2")
    await room.quiet()
    await anna.say("/gallery browse --by ben")
    assert len(browsed(room).pictures) == 2
    await anna.say("/gallery browse --by @Anna")
    assert len(browsed(room).pictures) == 1
    await anna.say("/gallery browse --by Carla")
    assert "“Carla” names nobody I have met here" in room.read()


async def test_the_web_gallery_is_named_where_it_can_be_reached(bot: Bot) -> None:
    room = bot.room()
    await room.person("Anna").say("/gallery web")
    assert "http://127.0.0.1:8080" in room.read()


async def test_without_accounts_nobody_is_invited_to_the_web_chat(bot: Bot) -> None:
    room = bot.room()
    owner = room.person("Olga")
    owner.who = Who("local", "operator", "Olga")
    await owner.say("/admin invite")
    assert "Set WEB_TOKEN" in room.read()
