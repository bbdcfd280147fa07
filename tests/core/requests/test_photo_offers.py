"""A photo without words, plain words, and the question who is on a photo."""

import pytest

from bot.core.chat.messages import Ask, Form, Show
from tests.harness.bots import Bot
from tests.harness.room import Bytes

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_photo_alone_gets_four_offers(bot: Bot, photo: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("", photo)
    offer = room.last
    assert isinstance(offer, Ask)
    labels = [bot.running.app.words(button.label, "en") for row in offer.buttons for button in row]
    assert labels == ["🎨 Make", "👤 New persona", "➕ Add to …", "✖ Forget"]


async def test_make_asks_for_words_and_draws_them_with_the_photo(bot: Bot, photo: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("", photo)
    await anna.press("Make")
    await anna.submit(room.last, prompt="as a woodcut")
    await room.quiet()
    assert "as a woodcut" in room.read(room.results[0])
    assert len(bot.scripted.journal[-1].request.references) == 1


async def test_a_form_sent_twice_draws_once(bot: Bot, photo: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("", photo)
    await anna.press("Make")
    form = room.last
    await anna.submit(form, prompt="as a woodcut")
    await anna.submit(form, prompt="as a woodcut")
    assert "already answered" in room.read()
    await room.quiet()
    assert len(room.results) == 1


async def test_an_empty_form_says_what_is_missing(bot: Bot, photo: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("", photo)
    await anna.press("Make")
    await anna.submit(room.last, prompt="  ")
    assert room.read() == "“What should the picture show?” is empty. Fill it in and send it again."


async def test_forget_deletes_the_photo_at_once(bot: Bot, photo: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("", photo)
    offer = room.last
    await anna.press("Forget")
    assert "I kept nothing of the photo." in [room.read(said) for said in room.said.values()][-1]
    await anna.press_id(offer.buttons[0][0].action)  # type: ignore[union-attr]
    assert "already answered" in room.read()


async def test_a_photo_becomes_a_persona_through_the_form(bot: Bot, photo: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("", photo)
    await anna.press("New persona")
    await anna.submit(room.last, name="Vase", kind="product", description="a blue vase")
    assert "Vase is here, with one photo." in room.read()


async def test_a_photo_is_added_to_a_persona_that_is_there(bot: Bot, photo: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/persona create Vase --kind product")
    await anna.say("", photo)
    await anna.press("Add to")
    await anna.press("Vase")
    assert "Vase has a new photo, 1 in all." in [room.read(said) for said in room.said.values()]


async def test_without_a_persona_add_to_says_how_to_get_one(bot: Bot, photo: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("", photo)
    await anna.press("Add to")
    assert "You have no persona yet." in room.read()


async def test_plain_words_in_private_are_offered_with_their_price(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/settings --model paid")
    await anna.say("a castle in the rain")
    assert room.read() == "Make this? “a castle in the rain” (Paid fake, $0.04)"
    await anna.press("Make")
    await room.quiet()
    assert len(room.results) == 1


async def test_plain_words_in_a_group_are_ordinary_talk(bot: Bot) -> None:
    room = bot.room("group")
    await room.person("Anna").say("see you at eight")
    assert not room.said


async def test_a_first_face_asks_once_who_it_is_and_then_goes_on(bot: Bot, face: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("by the sea", face)
    question = room.last
    assert isinstance(question, Ask)
    assert "Who is on the photo?" in room.read()
    assert len(question.pictures) == 1
    await anna.press("It is me")
    await room.quiet()
    assert len(room.results) == 1
    await anna.say("in the woods", face)
    await room.quiet()
    assert len(room.results) == 2


async def test_a_childs_photo_is_drawn_in_private_and_in_a_painted_style_only(bot: Bot, face: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine on a swing --model local", face)
    await anna.press("A child in my care")
    await room.quiet()
    assert isinstance(room.results[0], Show)
    assert "watercolour" in bot.running.app.words(room.results[0].pictures[0].alt, "en")
    await anna.say("/imagine on a swing --model local --params style=cinematic", face)
    assert "can only become a drawing or painting" in room.read()


async def test_a_childs_photo_is_not_used_in_a_group(bot: Bot, face: Bytes) -> None:
    room = bot.room("group")
    anna = room.person("Anna")
    await anna.say("on a swing", face)
    await anna.press("A child in my care")
    assert "can only be used in a private chat" in room.read()
    assert not room.results


async def test_there_are_no_personas_of_children(bot: Bot, face: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("", face)
    await anna.press("A child in my care")
    await anna.press("New persona")
    form = room.last
    assert isinstance(form, Form)
    await anna.submit(form, name="Kid", kind="real", description="")
    assert "There are no personas of children." in room.read()


async def test_somebody_elses_question_cannot_be_answered(bot: Bot, face: Bytes) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await anna.say("by the sea", face)
    question = room.last
    await ben.press("It is me", question)
    assert room.read() == "This button no longer works."
    assert not room.results


async def test_an_upload_delivered_again_after_its_question_was_answered_is_drawn_once(bot: Bot, face: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    for _ in range(2):
        await anna.say("by the sea", face, event=f"upload-{anna.who.id}")
        if isinstance(room.last, Ask):
            await anna.press("It is me")
        await room.quiet()
    assert len(room.results) == 1
