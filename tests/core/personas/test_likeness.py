"""Whose likeness a persona is: they are asked, may say no at any time, and then its use stops at once."""

import pytest

from bot.core.chat.messages import Ask, Say, Show
from storage.tables import personas, references
from storage.tables.personas import Persona
from tests.harness.accounts import spent, user_of
from tests.harness.bots import Bot
from tests.harness.room import Bytes, Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "Anna keeps a persona “Mila” with photos of you, to make pictures. Do you agree?"
NO = "The person this persona depicts does not agree, so I cannot draw it."


async def two(bot: Bot, face: Bytes, kind: str = "real") -> tuple[Person, Person]:
    """Anna, who has a persona Mila with a photo, and Ben whom the bot has met; each in a private chat."""
    anna, ben = bot.room().person("Anna"), bot.room().person("Ben")
    await ben.say("/quota")
    await anna.say(f"/persona create Mila --kind {kind}", face)
    await anna.press("An adult who agreed" if kind == "real" else "Nobody real")
    return anna, ben


async def asked(bot: Bot, face: Bytes, kind: str = "real") -> tuple[Person, Person]:
    """The same, after Anna said whom Mila depicts."""
    anna, ben = await two(bot, face, kind)
    await anna.say(f"/persona edit Mila --depicts test:{ben.who.id}")
    return anna, ben


async def mila(bot: Bot, anna: Person) -> Persona:
    async with bot.running.database.read() as tx:
        found = await personas.find(tx, await user_of(bot, anna), "Mila")
    assert found
    return found


async def photos_left(bot: Bot, anna: Person) -> int:
    persona = await mila(bot, anna)
    async with bot.running.database.read() as tx:
        return len(await references.of_persona(tx, persona.id))


def drawn(room: Room) -> list[Show]:
    """The results with pictures of ours, not the persona with its photos."""
    return [shown for shown in room.results if shown.pictures[0].id.startswith("i:")]


def details(room: Room) -> list[str]:
    assert isinstance(room.last, Show)
    return [room.app.words(text, "en") for text in room.last.details]


def words(room: Room) -> list[str]:
    return [room.read(said) for said in room.said.values()]


async def test_who_is_named_is_asked_in_private_and_may_agree(bot: Bot, face: Bytes) -> None:
    anna, ben = await asked(bot, face)
    assert anna.room.read() == "I asked Ben in private whether “Mila” may depict them."
    assert isinstance(ben.room.last, Ask)
    assert ben.room.read().startswith(QUESTION)
    await ben.press("I agree")
    assert ben.room.read() == "Noted: you agree with “Mila”. You can change your mind here at any time."
    await anna.say("/imagine a portrait --persona mila --model free")
    await anna.room.quiet()
    assert len(drawn(anna.room)) == 1


async def test_a_no_deletes_the_photos_and_tells_the_owner(bot: Bot, face: Bytes) -> None:
    anna, ben = await asked(bot, face)
    await ben.press("No")
    assert ben.room.read() == "Done: “Mila” may no longer depict you, and its photos are deleted."
    assert await photos_left(bot, anna) == 0
    assert any(line.startswith("The person that “Mila” depicts does not agree.") for line in words(anna.room))


async def test_after_a_no_nothing_more_is_drawn_of_the_persona_with_photos_or_without(bot: Bot, face: Bytes) -> None:
    anna, ben = await asked(bot, face)
    await ben.press("No")
    await anna.say("/imagine a portrait --persona mila --model free")
    assert anna.room.read() == NO
    await anna.say("/reference add Mila", face)
    for references_ in ("on", "off"):
        await anna.say(f"/imagine a portrait --persona mila --model free --references {references_}")
        assert anna.room.read() == NO
    await anna.room.quiet()
    assert not drawn(anna.room)


async def test_calling_a_persona_invented_does_not_undo_a_no(bot: Bot, face: Bytes) -> None:
    anna, ben = await asked(bot, face, "fictional")
    await ben.press("No")
    await anna.say("/reference add Mila", face)
    await anna.say("/imagine a portrait --persona mila --model free")
    assert anna.room.read() == NO


async def test_naming_somebody_else_does_not_undo_a_no(bot: Bot, face: Bytes) -> None:
    anna, ben = await asked(bot, face)
    await ben.press("No")
    await anna.say(f"/persona edit Mila --depicts test:{anna.who.id}")
    assert anna.room.read() == NO
    assert (await mila(bot, anna)).depicts == await user_of(bot, ben)


async def test_going_on_from_earlier_pictures_stops_too(bot: Bot, face: Bytes) -> None:
    anna, ben = await asked(bot, face)
    await anna.say("/imagine a portrait --persona mila --model free")
    await anna.room.quiet()
    result = anna.room.id_of(drawn(anna.room)[0])
    await ben.press("No")
    for label in ("Again", "Vary", "Edit"):
        await anna.press(label, result)
        assert anna.room.read() == NO


async def test_taking_it_back_in_the_middle_of_a_generation_stops_it_and_releases_the_money(
    bot: Bot, face: Bytes
) -> None:
    anna, ben = await asked(bot, face)
    await ben.press("I agree")
    await anna.say("/imagine [hold] a portrait --persona mila --model paid --count 3")
    assert await spent(bot, anna) == (120_000, 0)
    await ben.press("Take it back")
    assert "Stopped while they were made: 3" in ben.room.read()
    await anna.room.quiet()
    assert await spent(bot, anna) == (0, 0)
    assert not drawn(anna.room)


async def test_a_yes_after_a_no_lets_it_be_drawn_again(bot: Bot, face: Bytes) -> None:
    anna, ben = await asked(bot, face)
    question = ben.room.last
    assert isinstance(question, Ask)
    yes = question.buttons[0][0].action
    await ben.press("No")
    await ben.press_id(yes)
    await anna.say("/imagine a portrait --persona mila --model free")
    await anna.room.quiet()
    assert len(drawn(anna.room)) == 1


async def test_the_depicted_find_their_personas_and_stop_them(bot: Bot, face: Bytes) -> None:
    anna, ben = await asked(bot, face)
    await ben.say("/privacy likeness")
    assert ben.room.read() == "These personas are said to depict you:\n“Mila”, of Anna"
    await ben.press("Stop Mila")
    assert await photos_left(bot, anna) == 0
    await anna.say("/privacy likeness")
    assert anna.room.read() == "No persona is said to depict you."


async def test_only_the_depicted_answer(bot: Bot, face: Bytes) -> None:
    anna, ben = await asked(bot, face)
    question = ben.room.last
    assert isinstance(question, Ask)
    stranger = bot.room().person("Cleo")
    for who in (anna, stranger):
        for button in question.buttons[0]:
            await who.press_id(button.action)
            assert who.room.read() == "This button no longer works."
    assert await photos_left(bot, anna) == 1


async def test_who_depicts_themselves_agrees_by_saying_so_and_can_still_stop(bot: Bot, face: Bytes) -> None:
    anna, _ = await two(bot, face)
    await anna.say(f"/persona edit Mila --depicts test:{anna.who.id}")
    assert anna.room.read() == "Noted: you agree with “Mila”. You can change your mind here at any time."
    await anna.say("/imagine a portrait --persona mila --model free")
    await anna.room.quiet()
    assert len(drawn(anna.room)) == 1
    await anna.say("/persona show mila")
    assert "Consent: It is me" in details(anna.room)
    await anna.press("Take it back")
    await anna.say("/reference add Mila", face)
    await anna.say("/persona show mila")
    assert anna.room.read() == "Mila, real adult"
    assert not [line for line in details(anna.room) if line.startswith("Consent:")]
    await anna.say("/imagine a portrait --persona mila --model free")
    assert anna.room.read() == NO


async def test_in_a_group_a_name_is_enough_when_only_one_goes_by_it(bot: Bot, face: Bytes) -> None:
    anna, ben = await two(bot, face)
    group = bot.room("group")
    await ben.elsewhere(group).say("/quota")
    await anna.elsewhere(group).say("/persona edit Mila --depicts @ben")
    assert ben.room.read().startswith(QUESTION)
    await group.person("Ben").say("/quota")
    await anna.elsewhere(group).say("/persona edit Mila --depicts Ben")
    assert group.read().startswith("“Ben” names nobody I have met here.")


@pytest.mark.parametrize("given", ["nobody", "test:nobody", "Ben"])
async def test_somebody_i_never_met_here_cannot_be_named(bot: Bot, face: Bytes, given: str) -> None:
    anna, _ = await two(bot, face)
    await anna.say(f"/persona edit Mila --depicts {given}")
    assert isinstance(anna.room.last, Say)
    assert anna.room.read().startswith(f"“{given}” names nobody I have met here.")
    assert (await mila(bot, anna)).depicts is None


async def test_who_cannot_be_written_to_is_noted_and_finds_it_later(bot: Bot, face: Bytes) -> None:
    anna, _ = await two(bot, face)
    group = bot.room("group")
    cleo = group.person("Cleo")
    await cleo.say("/quota")
    await anna.say(f"/persona edit Mila --depicts test:{cleo.who.id}")
    assert anna.room.read().startswith("I noted that “Mila” depicts Cleo, but cannot write to them.")
    await cleo.say("/privacy likeness")
    assert "“Mila”, of Anna" in group.read()
