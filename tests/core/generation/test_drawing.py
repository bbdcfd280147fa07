"""What waits and runs: progress, the queue, cancelling, failures, and what each costs."""

import pytest

from bot.core.chat.messages import Progress, Say, Show
from tests.harness.accounts import spent
from tests.harness.bots import Bot
from tests.harness.room import Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def holding(bot: Bot, audience: str = "private") -> tuple[Room, Person]:
    room = bot.room(audience)  # type: ignore[arg-type]
    anna = room.person("Anna")
    await anna.say("/imagine [hold] a fox --model paid --count 2")
    return room, anna


async def test_money_is_reserved_while_work_runs_and_charged_when_it_is_done(bot: Bot) -> None:
    room, anna = await holding(bot)
    assert isinstance(room.last, Progress)
    assert await spent(bot, anna) == (80_000, 0)
    await bot.scripted.release(2)
    await room.quiet()
    assert await spent(bot, anna) == (0, 80_000)


async def test_a_dearer_call_than_reserved_is_the_operators_loss(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine [cost 90000] a fox --model paid")
    await room.quiet()
    assert await spent(bot, anna) == (0, 40_000)


async def test_a_cheaper_call_costs_what_it_cost(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine [cost 10000] a fox --model paid")
    await room.quiet()
    assert await spent(bot, anna) == (0, 10_000)


async def test_failures_cost_nothing_and_say_why(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine [fail unavailable] a fox --model paid")
    await room.quiet()
    answer = room.last
    assert isinstance(answer, Say)
    assert answer.tone == "error"
    assert "It did not work, and nothing was charged. The model cannot be reached." in room.read()
    assert await spent(bot, anna) == (0, 0)


async def test_a_refusal_says_what_was_refused(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine [refuse photo 2] a fox --model paid")
    await room.quiet()
    assert "The model refused photo 2: the script says so." in room.read()


async def test_partial_failure_shows_what_came_and_what_did_not(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine [fail no_image at 2] foxes --model paid --count 3")
    await room.quiet()
    [result] = room.results
    assert [picture.number for picture in result.pictures] == [1, 3]
    assert "1 of 3 did not work" in room.read(result) or "One of 3" in room.read(result)
    assert await spent(bot, anna) == (0, 80_000)


@pytest.mark.parametrize("how", ["button", "reaction", "command"])
async def test_the_requester_stops_what_runs_and_gets_the_money_back(bot: Bot, how: str) -> None:
    room, anna = await holding(bot)
    match how:
        case "button":
            await anna.press("Cancel")
        case "reaction":
            await anna.react("❌")
        case _:
            await anna.say("/cancel")
    await room.quiet()
    assert not room.results
    assert await spent(bot, anna) == (0, 0)


async def test_nobody_else_stops_it(bot: Bot) -> None:
    room, _ = await holding(bot, "group")
    progress = room.id_of(room.last)
    ben = room.person("Ben")
    await ben.press("Cancel", progress)
    assert room.read() == "Only the person who asked for it can stop this."
    await ben.react("❌", progress)
    await bot.scripted.release(2)
    await room.quiet()
    assert isinstance(room.results[0], Show)


async def test_a_reaction_from_before_the_result_is_no_vote(bot: Bot) -> None:
    room, anna = await holding(bot)
    await anna.react("✅", room.last)
    await bot.scripted.release(2)
    await room.quiet()
    assert {picture.verdict for picture in room.results[0].pictures} == {"undecided"}


async def test_the_queue_lists_what_waits_with_buttons_to_stop_it(bot: Bot) -> None:
    room, anna = await holding(bot)
    await anna.say("/queue")
    assert room.read().startswith("2 pictures wait or run:\n“[hold] a fox”:")
    await anna.press("[hold] a fox")
    await room.quiet()
    await anna.say("/queue")
    assert room.read() == "Nothing of yours waits or runs."
    await anna.say("/cancel")
    assert room.read() == "Nothing of yours is running."


async def test_the_same_request_delivered_twice_is_drawn_once(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    for _ in range(2):
        await anna.say("/imagine one fox --model paid", event=f"twice-{anna.who.id}")
    await room.quiet()
    assert len(room.results) == 1
    assert await spent(bot, anna) == (0, 40_000)


async def test_a_dear_request_is_confirmed_first(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine a fox --model paid --size 2K --count 8")
    assert room.read() == "8 × $0.134 = $1.07 with Paid fake. Go on?"
    await anna.press("No")
    assert await spent(bot, anna) == (0, 0)
    await anna.say("/imagine a fox --model paid --size 2K --count 8")
    await anna.press("Go on")
    await room.quiet()
    assert len(room.results[0].pictures) == 8
    assert await spent(bot, anna) == (0, 8 * 134_000)
