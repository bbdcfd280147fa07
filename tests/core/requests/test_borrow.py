"""A photo of somebody else's message is used when that person says yes, and on nobody else's word."""

import pytest

from bot.core.chat.messages import Ask, Borrow, Form, Say
from tests.harness.bots import Bot
from tests.harness.room import Bytes, Person

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def borrow(who: Person, owner: Person, *photos: Bytes, text: str = "") -> None:
    await who.handle(Borrow(**who.event(), owner=owner.who, photos=photos, text=text))


async def test_the_owner_is_asked_and_then_the_borrower_goes_on(bot: Bot, photo: Bytes) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await borrow(anna, ben, photo, text="in the snow")
    assert "Ben, Anna would like to make pictures with your photo" in room.read()
    await ben.press("Yes, use it")
    assert "Ben said yes. Anna, what shall I do with it?" in room.read()
    await anna.press("Make")
    await room.quiet()
    assert "in the snow" in room.read(room.results[0])
    assert len(bot.scripted.journal[-1].request.references) == 1


async def test_without_words_the_borrower_gets_the_four_offers(bot: Bot, photo: Bytes) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await borrow(anna, ben, photo)
    await ben.press("Yes, use it")
    offer = room.id_of(room.last)
    await ben.press("New persona", offer)
    assert "This button no longer works" in room.read()  # it is Anna's offer
    await anna.press("New persona", offer)
    assert isinstance(room.last, Form)


async def test_only_the_owner_can_say_yes(bot: Bot, photo: Bytes) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await borrow(anna, ben, photo)
    question = room.id_of(room.last)
    await anna.press("Yes, use it")
    assert "Only the person whose photo it is" in room.read()
    await ben.press("No", question)
    assert "Ben would rather not, Anna" in room.read(room.said[question])
    await ben.press_id("v1:lend:none:yes")
    assert "This button no longer works" in room.read()


async def test_a_yes_counts_once(bot: Bot, photo: Bytes) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await borrow(anna, ben, photo, text="in the snow")
    action = room.last.buttons[0][0].action  # type: ignore[union-attr]  # a question has buttons
    await ben.press_id(action)
    await ben.press_id(action)
    assert "already answered" in room.read()


async def test_ones_own_photo_is_simply_used(bot: Bot, photo: Bytes) -> None:
    room = bot.room("group")
    anna = room.person("Anna")
    await borrow(anna, anna, photo)
    assert isinstance(room.last, Ask)
    await anna.press("Make")
    assert isinstance(room.last, Form)


async def test_a_message_without_a_photo_is_answered_so(bot: Bot) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await borrow(anna, ben)
    assert "There is no photo in that message" in room.read()


async def test_pictures_of_ours_are_lent_by_whoever_asked_for_them(bot: Bot, photo: Bytes) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await anna.say("/imagine a fox --model free")
    await room.quiet()
    source = anna.ref(room.id_of(room.results[0]))
    await ben.handle(Borrow(**ben.event(), owner=ben.who, photos=(photo,), source=source))
    assert "Anna, Ben would like to make pictures with your photo" in room.read()
    await anna.handle(Borrow(**anna.event(), owner=ben.who, photos=(photo,), source=source))
    assert isinstance(room.last, Ask)
    assert "would like" not in room.read()


async def test_a_photo_that_is_meant_for_a_persona_leads_there(bot: Bot, photo: Bytes) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await anna.say("/persona create Vase --kind product")
    await anna.handle(Borrow(**anna.event(), owner=anna.who, photos=(photo,), purpose="persona"))
    await anna.press("Vase")
    assert any("Vase" in room.read(one) and "1" in room.read(one) for one in room.said.values() if isinstance(one, Say))
    await anna.handle(Borrow(**anna.event(), owner=ben.who, photos=(photo,), purpose="persona"))
    await ben.press("Yes, use it")
    labels = [bot.running.app.words(one.label, "en") for row in room.last.buttons for one in row]  # type: ignore[union-attr]
    assert labels == ["➕ Add to …", "✖ Forget"]
