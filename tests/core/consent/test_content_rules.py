"""What is refused before any money is reserved, and the pause for those who keep asking."""

import pytest

from tests.harness.accounts import spent
from tests.harness.bots import Bot
from tests.harness.room import Bytes

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_sexual_words_are_refused_and_nothing_is_reserved(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine a nude portrait --model paid")
    assert room.read() == "I make no sexual pictures. Describe it differently. Nothing was charged."
    assert await spent(bot, anna) == (0, 0)
    await anna.say("/imagine a schoolgirl in lingerie --model paid")
    assert room.read().startswith("I make no sexualised pictures of anybody young")


async def test_on_a_childs_photo_words_are_refused_that_pass_on_an_adults(bot: Bot, face: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine in a bikini --model local", face)
    await anna.press("A child in my care")
    assert room.read().startswith("I make no sexualised pictures of anybody young")
    assert not room.results


async def test_words_are_judged_before_anything_is_asked(bot: Bot, photo: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine a vase --model local", photo)
    await room.quiet()
    await anna.say("/imagine a nude portrait --model local")
    assert room.read().startswith("I make no sexual pictures.")


async def test_five_refusals_begin_a_pause(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    for _ in range(3):
        await anna.say("/imagine a nude portrait --model free")
    for _ in range(2):
        await anna.say("/imagine [refuse prompt] a fox --model free")
        await room.quiet()
    await anna.say("/imagine a fox --model free")
    assert room.read().startswith("Several of your requests were refused")


async def test_a_call_of_unknown_outcome_is_the_operators_and_never_the_persons(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine [fail unknown_outcome] a fox --model paid")
    await room.quiet()
    assert "nobody knows whether a picture was made" in room.read()
    assert await spent(bot, anna) == (0, 0)
    async with bot.running.database.read() as tx:
        from sqlalchemy import select

        from storage.tables.owners import OPERATOR
        from storage.tables.schema import ledger as entries

        user_images = select(entries.c.image_id).where(entries.c.account.like("user:%"))
        operator_cost = await tx.scalar(
            select(entries.c.amount)
            .where(entries.c.account == str(OPERATOR), entries.c.image_id.in_(user_images))
            .order_by(entries.c.id.desc())
        )
    assert operator_cost == 40_000
