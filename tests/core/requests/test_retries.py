"""A failure that passes is tried again as a new attempt: each one a row, and one charge at the end."""

import pytest
from sqlalchemy import select

from bot.core.chat.messages import Say, Show
from storage.tables import ledger
from storage.tables.schema import attempts, generations, images
from tests.harness.accounts import spent, user_of
from tests.harness.bots import AT_ONCE, Bot
from tests.harness.room import Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def drawn(bot: Bot, words: str, options: str = "") -> tuple[Room, Person]:
    """Anna, whose request has come to its end; nobody else uses these words."""
    room = bot.room()
    anna = room.person("Anna")
    await anna.say(f"/imagine a fox {room.place.chat} {words} --model paid {options}")
    await room.quiet()
    return room, anna


async def attempts_of(bot: Bot, anna: Person) -> list[tuple[int, int, str, int]]:
    """Picture, attempt, outcome and what it cost, in order."""
    query = (
        select(images.c.number, attempts.c.number, attempts.c.outcome, attempts.c.cost)
        .join(images, images.c.id == attempts.c.image_id)
        .join(generations, generations.c.id == images.c.generation_id)
        .where(generations.c.user_id == await user_of(bot, anna))
        .order_by(images.c.number, attempts.c.number)
    )
    async with bot.running.database.read() as tx:
        return [(picture, number, outcome, cost) for picture, number, outcome, cost in await tx.execute(query)]


async def operator_cost(bot: Bot) -> int:
    async with bot.running.database.read() as tx:
        return await ledger.operator_cost(tx, 0)


@pytest.mark.parametrize("code", ["unavailable", "rate_limited"])
async def test_a_failure_that_passes_is_tried_again_and_charged_once(bot: Bot, code: str) -> None:
    operators = await operator_cost(bot)
    room, anna = await drawn(bot, f"[fail {code} 2]")
    assert await attempts_of(bot, anna) == [(1, 1, code, 0), (1, 2, code, 0), (1, 3, "done", 40_000)]
    assert isinstance(room.last, Show)
    assert await spent(bot, anna) == (0, 40_000)
    assert await operator_cost(bot) == operators


async def test_every_attempt_is_a_call_of_its_own_key(bot: Bot) -> None:
    calls = len(bot.scripted.journal)
    await drawn(bot, "[fail unavailable 2]")
    assert len({call.key for call in bot.scripted.journal[calls:]}) == 3


async def test_an_answer_without_a_picture_is_tried_once_more(bot: Bot) -> None:
    room, anna = await drawn(bot, "[text]")
    assert [outcome for _, _, outcome, _ in await attempts_of(bot, anna)] == ["no_image", "no_image"]
    assert isinstance(room.last, Say)
    assert "The model answered without a picture. Try again." in room.read()
    assert await spent(bot, anna) == (0, 0)


async def test_once_patience_ends_the_picture_failed_and_cost_nothing(bot: Bot) -> None:
    room, anna = await drawn(bot, "[fail unavailable]")
    assert len(await attempts_of(bot, anna)) == AT_ONCE.most
    assert isinstance(room.last, Say)
    assert "The model cannot be reached. Try again in a moment." in room.read()
    assert await spent(bot, anna) == (0, 0)


async def test_a_failure_that_was_paid_for_all_the_same_is_the_operators_and_tried_once_more(bot: Bot) -> None:
    operators = await operator_cost(bot)
    _, anna = await drawn(bot, "[fail unavailable 1] [cost 30000]")
    assert await attempts_of(bot, anna) == [(1, 1, "unavailable", 30_000), (1, 2, "done", 30_000)]
    assert await spent(bot, anna) == (0, 30_000)
    assert await operator_cost(bot) == operators + 30_000


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("[refuse]", "refused"),
        ("[fail bad_input]", "bad_input"),
        ("[fail unknown_outcome]", "unknown_outcome"),
        ("[fail out_of_credit]", "out_of_credit"),
        ("[fail misconfigured]", "misconfigured"),
        ("[fail gone]", "gone"),
    ],
)
async def test_what_does_not_pass_is_not_tried_again(bot: Bot, words: str, outcome: str) -> None:
    _, anna = await drawn(bot, words)
    assert [one[2] for one in await attempts_of(bot, anna)] == [outcome]
    assert await spent(bot, anna) == (0, 0)


async def test_only_the_pictures_that_failed_are_tried_again(bot: Bot) -> None:
    room, anna = await drawn(bot, "[fail unavailable 1 at 2]", "--count 3")
    outcomes = [(picture, outcome) for picture, _, outcome, _ in await attempts_of(bot, anna)]
    assert outcomes == [(1, "done"), (2, "unavailable"), (2, "done"), (3, "done")]
    assert len(room.results[0].pictures) == 3
    assert await spent(bot, anna) == (0, 120_000)


async def test_a_picture_of_one_picture_that_never_came_does_not_keep_the_others(bot: Bot) -> None:
    room, anna = await drawn(bot, "[fail unavailable at 2]", "--count 3")
    [shown] = room.results
    assert [picture.number for picture in shown.pictures] == [1, 3]
    assert "1 of 3 did not work" in room.read(shown)
    assert await spent(bot, anna) == (0, 80_000)
