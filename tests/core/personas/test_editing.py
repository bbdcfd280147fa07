"""/persona edit and share: what a persona is called and known by, and who else may draw it."""

import pytest

from bot.core.chat.messages import Ask, Form, Show
from tests.harness.accounts import spent
from tests.harness.bots import Bot
from tests.harness.room import Bytes, Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def owner(bot: Bot, *photos: Bytes, audience: str = "private", kind: str = "fictional") -> tuple[Room, Person]:
    """Anna with a persona Mila, made in private, and the room where she is now."""
    home = bot.room()
    anna = home.person("Anna")
    await anna.say(f"/persona create Mila --kind {kind} --description long red hair", *photos)
    if isinstance(home.last, Ask):
        await anna.press("An adult who agreed" if kind == "real" else "Nobody real")
    room = home if audience == "private" else bot.room("group")
    return room, anna.elsewhere(room)


def prompt(bot: Bot) -> str:
    """What the model was told last."""
    return bot.scripted.journal[-1].request.prompt


# ── edit ─────────────────────────────────────────────────────────────────────────────────────────────────


async def test_only_what_is_named_changes(bot: Bot) -> None:
    room, anna = await owner(bot)
    await anna.say("/persona edit mila --name Noor")
    assert room.read() == "Noor is changed."
    await anna.say("/persona show Noor")
    assert room.read().splitlines()[:2] == ["Noor, fictional adult", "long red hair"]
    await anna.say("/persona show Mila")
    assert room.read() == "You have no persona “Mila”. You have: Noor."


async def test_marks_and_description_reach_every_later_prompt(bot: Bot) -> None:
    room, anna = await owner(bot)
    await anna.say("/persona edit Mila --marks a scar on the left cheek --description short black hair")
    await anna.say("/imagine a portrait --persona mila --model free")
    await room.quiet()
    assert "Mila is a fictional adult: short black hair." in prompt(bot)
    assert "a scar on the left cheek" in prompt(bot)


async def test_content_rules_hold_for_marks_and_descriptions_too(bot: Bot) -> None:
    room, anna = await owner(bot)
    for option in ("marks", "description"):
        await anna.say(f"/persona edit Mila --{option} always naked")
        await anna.say("/imagine a portrait --persona mila --model free")
        assert room.read().startswith("I make no sexual pictures."), option
        await anna.say(f"/persona edit Mila --{option} a scar")


async def test_without_anything_to_change_the_form_is_filled_with_what_is_there(bot: Bot) -> None:
    room, anna = await owner(bot)
    await anna.say("/persona edit Mila --marks a scar")
    await anna.say("/persona edit Mila")
    form = room.last
    assert isinstance(form, Form)
    filled = {field.name: field.value for field in form.fields}
    assert filled == {"name": "Mila", "description": "long red hair", "marks": "a scar"}
    await anna.submit(form, **{**filled, "marks": ""})
    await anna.say("/imagine a portrait --persona mila --model free")
    await room.quiet()
    assert "a scar" not in prompt(bot)


async def test_a_name_that_is_taken_is_answered_and_changes_nothing(bot: Bot) -> None:
    room, anna = await owner(bot)
    await anna.say("/persona create Noor --kind fictional")
    await anna.say("/persona edit Mila --name NOOR --marks a scar")
    assert room.read() == "You already have a persona “NOOR”. Choose another name."
    await anna.say("/imagine a portrait --persona mila --model free")
    await room.quiet()
    assert "a scar" not in prompt(bot)


async def test_a_new_spelling_of_its_own_name_is_no_other_name(bot: Bot) -> None:
    room, anna = await owner(bot)
    await anna.say("/persona edit Mila --name MILA")
    assert room.read() == "MILA is changed."


async def test_the_form_of_somebody_elses_persona_cannot_be_sent(bot: Bot) -> None:
    room, anna = await owner(bot)
    await anna.say("/persona edit Mila")
    form = room.last
    ben = bot.room().person("Ben")
    await ben.submit(form, name="Stolen", description="", marks="")
    assert ben.room.read() == "This persona is gone. See /persona list."
    await anna.say("/persona show Mila")
    assert room.read().startswith("Mila, fictional adult")


# ── share ────────────────────────────────────────────────────────────────────────────────────────────────


async def shared(bot: Bot, *photos: Bytes, kind: str = "fictional") -> tuple[Room, Person, Person]:
    """A group in which Anna shares Mila, and Ben."""
    room, anna = await owner(bot, *photos, audience="group", kind=kind)
    await anna.say("/persona share Mila")
    return room, anna, room.person("Ben")


async def test_a_shared_persona_is_drawn_by_everybody_there_at_their_own_cost(bot: Bot, photo: Bytes) -> None:
    room, anna, ben = await shared(bot, photo)
    assert room.read() == "Anna shares Mila here: everybody in this place can draw it with --persona."
    await ben.say("/imagine a portrait --persona MILA --model paid")
    await room.quiet()
    assert room.read(room.results[0]) == "Mila: a portrait"
    assert len(bot.scripted.journal[-1].request.references) == 1
    assert "long red hair" in prompt(bot)
    assert (await spent(bot, ben), await spent(bot, anna)) == ((0, 40_000), (0, 0))


async def test_it_is_shared_there_and_nowhere_else(bot: Bot) -> None:
    _, _, ben = await shared(bot)
    for other in (bot.room(), bot.room("group")):
        there = ben.elsewhere(other)
        await there.say("/imagine a portrait --persona Mila --model free")
        assert other.read() == "You have no persona “Mila”. Make it with /persona create."
        assert not other.results


async def test_sharing_lets_nobody_see_change_or_share_it_on(bot: Bot, photo: Bytes) -> None:
    room, anna, ben = await shared(bot, photo)
    for command in (
        "persona show Mila",
        "persona edit Mila --name Stolen",
        "persona share Mila --off",
        "persona delete Mila",
        "reference list Mila",
        "reference add Mila",
        "reference remove Mila --number 1",
        "gallery browse --persona Mila",
        "settings --persona Mila",
    ):
        await ben.say(f"/{command}")
        assert room.read() == "You have no persona “Mila”. Make it with /persona create.", command
    await anna.say("/reference list Mila")
    assert room.read() == "Mila has one reference photo."


async def test_once_shared_no_longer_others_cannot_draw_it_nor_go_on_from_it(bot: Bot) -> None:
    room, anna, ben = await shared(bot)
    await ben.say("/imagine a portrait --persona Mila --model free")
    await room.quiet()
    result = room.id_of(room.results[0])
    await anna.say("/persona share Mila --off")
    assert room.read() == "Mila is yours alone again here."
    await ben.say("/imagine a portrait --persona Mila --model free")
    assert room.read() == "You have no persona “Mila”. Make it with /persona create."
    for label in ("Again", "Vary"):
        await ben.press(label, result)
        assert room.read() == "This persona is gone. See /persona list."
    await anna.say("/imagine a portrait --persona Mila --model free")
    await room.quiet()
    assert len(room.results) == 2, "the owner still can"


async def test_ones_own_persona_of_the_same_name_comes_first(bot: Bot) -> None:
    room, _, ben = await shared(bot)
    await ben.say("/persona create Mila --kind product --description a blue lamp")
    await ben.say("/imagine a portrait --persona Mila --model free")
    await room.quiet()
    assert "a blue lamp" in prompt(bot)


async def test_a_private_chat_is_no_place_to_share(bot: Bot) -> None:
    room, anna = await owner(bot)
    await anna.say("/persona share Mila")
    assert room.read() == "Share a persona where others are: write this in a server or a group."


async def test_the_owners_word_on_consent_counts_for_those_it_is_shared_with(bot: Bot, face: Bytes) -> None:
    room, _, ben = await shared(bot, face, kind="real")
    await ben.say("/imagine a portrait --persona Mila --model free")
    await room.quiet()
    [shown] = [one for one in room.results if one.pictures[0].id.startswith("i:")]
    assert isinstance(shown, Show)
    assert len(bot.scripted.journal[-1].request.references) == 1


async def test_who_the_persona_depicts_stops_it_for_everybody(bot: Bot, face: Bytes) -> None:
    room, anna, ben = await shared(bot, face, kind="real")
    cleo = bot.room().person("Cleo")
    await cleo.say("/quota")
    await anna.say(f"/persona edit Mila --depicts test:{cleo.who.id}")
    await cleo.press("No")
    for who in (ben, anna):
        await who.say("/imagine a portrait --persona Mila --model free")
        assert room.read() == "The person this persona depicts does not agree, so I cannot draw it."


async def test_a_deleted_persona_is_shared_no_more(bot: Bot) -> None:
    room, anna, ben = await shared(bot)
    await anna.say("/persona delete Mila")
    await anna.press("Delete")
    await ben.say("/imagine a portrait --persona Mila --model free")
    assert room.read() == "You have no persona “Mila”. Make it with /persona create."
