"""Personas and their reference photos."""

import pytest

from bot.core.chat.messages import Ask, Say, Show
from tests.harness.bots import Bot
from tests.harness.room import Bytes, Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


def met(bot: Bot) -> tuple[Room, Person]:
    room = bot.room()
    return room, room.person("Anna")


async def test_a_persona_without_photos_is_fictional_until_told_otherwise(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.say('/persona create "Mila Rose" --description "red hair"')
    assert room.read().startswith("Mila Rose is here.")
    await anna.say("/persona list")
    assert "Mila Rose, fictional adult, no photos" in room.read()


async def test_a_face_makes_a_real_persona_and_asks_for_consent_first(bot: Bot, face: Bytes) -> None:
    room, anna = met(bot)
    await anna.say("/persona create Mila", face)
    question = room.last
    assert isinstance(question, Ask)
    labels = [bot.running.app.words(button.label, "en") for row in question.buttons for button in row]
    assert labels == ["It is me", "An adult who agreed", "Nobody real"]
    await anna.say("/persona list")
    assert "You have no personas yet." in room.read()
    await anna.press("An adult who agreed")
    shown = room.last
    assert isinstance(shown, Show)
    assert room.read().startswith("Mila is here, with one photo.")
    assert "Consent: An adult who agreed" in [bot.running.app.words(text, "en") for text in shown.details]


async def test_a_persona_of_nobody_real_becomes_fictional(bot: Bot, face: Bytes) -> None:
    room, anna = met(bot)
    await anna.say("/persona create Mila", face)
    await anna.press("Nobody real")
    await anna.say("/persona show mila")
    assert room.read() == "Mila, fictional adult"


async def test_a_face_is_asked_about_whatever_kind_a_persona_is_said_to_be(bot: Bot, face: Bytes) -> None:
    room, anna = met(bot)
    await anna.say("/persona create Mila --kind fictional", face)
    assert isinstance(room.last, Ask)
    await anna.press("Nobody real")
    assert room.read().startswith("Mila is here")


async def test_a_childs_photo_sent_again_is_still_a_childs(bot: Bot, face: Bytes) -> None:
    room, anna = met(bot)
    await anna.say("/persona create Thing --kind product")
    await anna.say("/imagine on a swing --model local", face)
    await anna.press("A child in my care")
    await room.quiet()
    await anna.say("/persona create Kid --kind fictional", face)
    assert "There are no personas of children." in room.read()
    await anna.say("/reference add thing", face)
    assert "There are no personas of children." in room.read()


async def test_a_consent_pressed_twice_makes_one_persona(bot: Bot, face: Bytes) -> None:
    room, anna = met(bot)
    await anna.say("/persona create Mila", face)
    question = room.last
    assert isinstance(question, Ask)
    for _ in range(2):
        await anna.press_id(question.buttons[0][0].action)
    await anna.say("/persona list")
    assert room.read().startswith("Your persona:")


async def test_names_are_unique_however_they_are_written(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.say("/persona create Mila")
    await anna.say("/persona create MILA")
    assert room.read() == "You already have a persona “MILA”. Choose another name."


async def test_an_unknown_persona_is_answered_with_those_there_are(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.say("/imagine a portrait --persona nobody")
    assert room.read() == "You have no persona “nobody”. Make it with /persona create."
    await anna.say("/persona create Mila")
    await anna.say("/persona show nobody")
    assert room.read() == "You have no persona “nobody”. You have: Mila."


async def test_pictures_of_a_persona_keep_to_its_photos_and_description(bot: Bot, photo: Bytes) -> None:
    room, anna = met(bot)
    await anna.say('/persona create Vase --kind product --description "blue glass"', photo)
    await anna.say("/imagine on a table --persona vase --model free")
    await room.quiet()
    request = bot.scripted.journal[-1].request
    assert (
        request.prompt == "on a table\nVase is a product: blue glass.\nPhoto 1 shows the object to keep exactly alike."
    )
    assert len(request.references) == 1
    await anna.say("/imagine on a table --persona vase --model free --references off")
    await room.quiet()
    assert not bot.scripted.journal[-1].request.references


async def test_deleting_asks_once_and_frees_the_name(bot: Bot, photo: Bytes) -> None:
    room, anna = met(bot)
    await anna.say("/persona create Vase --kind product", photo)
    await anna.say("/persona delete vase")
    assert room.read().startswith("Delete Vase and its photo?")
    await anna.press("No")
    await anna.say("/persona show vase")
    assert isinstance(room.last, Show)
    await anna.say("/persona delete vase")
    await anna.press("Delete")
    await anna.say("/persona create Vase --kind product")
    assert room.read().startswith("Vase is here.")


async def test_references_are_added_listed_and_removed_by_number(bot: Bot, photo: Bytes, face: Bytes) -> None:
    room, anna = met(bot)
    await anna.say("/persona create Thing --kind product")
    await anna.say("/reference add thing --role style", photo, face)
    await anna.press("An adult who agreed")
    assert "Thing has 2 new photos, 2 in all." in room.read()
    await anna.say("/reference list thing")
    listed = room.last
    assert isinstance(listed, Show)
    assert [bot.running.app.words(text, "en") for text in listed.details] == ["1: style", "2: style"]
    await anna.say("/reference remove thing --number 1")
    assert room.read() == "Photo 1 is deleted. Thing has one left."
    await anna.say("/reference remove thing --number 7")
    assert room.read() == "There is no photo 7; Thing has one. See /reference list."


async def test_a_photo_that_nearly_repeats_another_is_left_out(bot: Bot, photo: Bytes) -> None:
    room, anna = met(bot)
    await anna.say("/persona create Thing --kind product", photo)
    await anna.say("/reference add thing", photo)
    assert "One photo was nearly the same" in room.read()
    await anna.say("/persona list")
    assert "Thing, product, one photo" in room.read()


async def test_personas_are_their_owners_alone(bot: Bot, photo: Bytes) -> None:
    room, anna = met(bot)
    await anna.say("/persona create Vase --kind product", photo)
    shown = room.last
    assert isinstance(shown, Show)
    await anna.say("/persona delete vase")
    question = room.last
    assert isinstance(question, Ask)
    ben = room.person("Ben")
    await ben.say("/persona show vase")
    assert isinstance(room.last, Say)
    await ben.press("Delete", question)
    assert room.read() == "This persona is gone. See /persona list."
    await anna.say("/persona show vase")
    assert isinstance(room.last, Show)
