"""Operators: who may use the bot, how much, and what people ask them for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.core.chat.messages import Say, Who
from storage.queries import priorities
from tests.harness.bots import Bot, started
from tests.harness.room import Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    folder: Path = tmp_path_factory.mktemp("data")
    async with started(folder, ACCESS="allowlist", ADMINS="test:boss") as running:
        yield running


async def boss(bot: Bot) -> tuple[Room, Person]:
    room = bot.room()
    person = Person(room, Who("test", "boss", "Boss"), "en")
    await person.say("/start")
    return room, person


async def let_in(bot: Bot, audience: str = "private") -> tuple[Room, Person]:
    """Somebody on the list, in a room of their own."""
    _, operator = await boss(bot)
    room = bot.room(audience)  # type: ignore[arg-type]
    anna = room.person("Anna")
    await operator.say(f"/admin allow test:{anna.who.id}")
    return room, anna


async def test_nobody_uses_the_bot_before_an_operator_lets_them_in(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine a fox --model free")
    assert room.read() == "You are not on this bot's list yet. Ask its operator to let you in."
    _, operator = await boss(bot)
    await operator.say(f"/admin allow test:{anna.who.id}")
    await anna.say("/imagine a fox --model free")
    await room.quiet()
    assert len(room.results) == 1


async def test_an_allowed_place_lets_everybody_there_in(bot: Bot) -> None:
    room = bot.room("group")
    _, operator = await boss(bot)
    await operator.elsewhere(room).say("/admin allow here")
    await room.person("Ben").say("/quota")
    assert room.read().startswith("Today:")


async def test_a_blocked_person_is_out_even_where_the_place_is_allowed(bot: Bot) -> None:
    room, anna = await let_in(bot)
    _, operator = await boss(bot)
    await operator.say(f"/admin block test:{anna.who.id}")
    await anna.say("/quota")
    assert "not on this bot's list" in room.read()


async def test_operators_cannot_shut_themselves_out(bot: Bot) -> None:
    room, operator = await boss(bot)
    await operator.say("/admin block test:boss")
    assert "shut yourself out" in room.read()


@pytest.mark.parametrize("command", ["allow here", "block here", "quota test:1 --reset", "models", "stats", "health"])
async def test_others_get_nothing_from_admin_commands(bot: Bot, command: str) -> None:
    room, anna = await let_in(bot)
    await anna.say(f"/admin {command}")
    assert room.read() == "Only an operator of this bot can do that."


async def test_admin_commands_are_listed_to_operators_alone(bot: Bot) -> None:
    room, anna = await let_in(bot)
    await anna.say("/help")
    assert "/admin" not in room.read()
    desk, operator = await boss(bot)
    await operator.say("/help")
    assert "/admin limits" in desk.read()


async def test_limits_hold_at_once_and_are_shown(bot: Bot) -> None:
    room, anna = await let_in(bot)
    desk, operator = await boss(bot)
    await operator.say(f"/admin limits test:{anna.who.id} --images 3 --dollars 2.50")
    assert desk.read() == f"test:{anna.who.id}: 3 pictures a day, $2.50 a month, 10 requests a minute."
    await anna.say("/imagine foxes --model free --count 4")
    assert room.read().startswith("Your limit is 3 pictures a day.")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("limits nobody --images 3", "“nobody” names nobody."),
        ("limits here --images -5", "--images takes a whole number from 0 to 100,000"),
        ("limits here --images 1000000000000", "--images takes a whole number"),
        ("limits here --dollars much", "“much” is no amount."),
        ("limits here --dollars -1", "“-1” is no amount."),
    ],
)
async def test_odd_limits_are_answered_and_change_nothing(bot: Bot, text: str, sentence: str) -> None:
    room, operator = await boss(bot)
    await operator.say(f"/admin {text}")
    assert sentence in room.read()


async def test_models_and_health_are_shown(bot: Bot) -> None:
    room, operator = await boss(bot)
    await operator.say("/admin models")
    assert "Paid fake (paid): $0.04 per picture, as of 2026-11-20" in room.read()
    await operator.say("/admin health")
    assert "✅ database\n✅ blobs" in room.read()


async def limited(bot: Bot) -> tuple[Room, Person, Room, Person]:
    room, anna = await let_in(bot)
    desk, operator = await boss(bot)
    await operator.say(f"/admin limits test:{anna.who.id} --images 1")
    await anna.say("/imagine foxes --model free --count 2")
    await anna.press("Ask for more")
    return room, anna, desk, operator


async def test_who_ran_into_a_limit_asks_and_is_granted_more_for_today(bot: Bot) -> None:
    room, anna, desk, operator = await limited(bot)
    assert "Anna used up today's pictures and asks for more." in [desk.read(said) for said in desk.said.values()]
    await operator.press("Grant 20")
    assert "20 more pictures for today." in [room.read(said) for said in room.said.values()]
    await anna.say("/imagine foxes --model free --count 2")
    await room.quiet()
    assert len(room.results) == 1
    await anna.say("/quota")
    assert room.read().startswith("Today: 2 of 21 pictures, 19 left.")


async def test_a_wish_waits_once_and_can_be_denied(bot: Bot) -> None:
    room, anna, _, operator = await limited(bot)
    await anna.press("Ask for more")
    assert room.read() == "You asked already. The operator has not answered yet."
    await operator.press("Deny")
    assert "The operator said no this time." in [room.read(said) for said in room.said.values()]


async def test_only_an_operator_grants_once_and_only_what_the_buttons_say(bot: Bot) -> None:
    room, anna, desk, operator = await limited(bot)
    question = next(said for said in reversed(desk.said.values()) if "asks for more" in desk.read(said))
    grant = question.buttons[0][0].action  # type: ignore[union-attr]
    await anna.press_id(grant)
    assert room.read() == "Only an operator of this bot can do that."
    for forged in ("-5", "1000000000000", "all"):
        await operator.press_id(grant.replace(":20", f":{forged}"))
        assert isinstance(desk.last, Say)
        assert desk.last.tone == "error"
    await operator.press_id(grant)
    await operator.press_id(grant)
    assert "already answered" in desk.read()
    await anna.say("/quota")
    assert room.read().startswith("Today: 0 of 21 pictures")


async def test_an_operator_lets_somebody_go_first_and_nobody_else_can(bot: Bot) -> None:
    room, anna = await let_in(bot)
    desk, operator = await boss(bot)
    await operator.say(f"/admin limits test:{anna.who.id} --priority on")
    async with bot.running.database.read() as tx:
        assert len(await priorities.chosen(tx)) == 1
    await operator.say("/admin limits here --priority on")
    assert desk.read().startswith("Only a person can come first.")
    await operator.say(f"/admin limits test:{anna.who.id} --priority off")
    async with bot.running.database.read() as tx:
        assert not await priorities.chosen(tx)
    await anna.say(f"/admin limits test:{anna.who.id} --priority on")
    assert room.read() == "Only a moderator of this place or an operator can do that."
