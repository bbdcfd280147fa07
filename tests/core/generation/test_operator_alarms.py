"""What only an operator can mend is told to the operators: at once, in private, and once."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import update

from bot.core.chat.messages import Say, Who
from bot.core.generation.operator_alarms import SILENCE, trouble_of
from providers.contract import errors
from storage.tables.schema import operator_alarms
from tests.harness.accounts import spent
from tests.harness.bots import Bot, started
from tests.harness.room import Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")

MARKS = {"misconfigured": "🔑", "gone": "🪦", "out_of_credit": "💳", "broken": "🔧", "unusable": "📦"}


@pytest_asyncio.fixture(loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    """A bot that told nobody anything yet: new for each test."""
    async with started(tmp_path_factory.mktemp("data"), ADMINS="test:boss") as running:
        yield running


async def desk_of(bot: Bot) -> Room:
    """The private chat of the operator, who has said hello."""
    desk = bot.room()
    await Person(desk, Who("test", "boss", "Boss"), "en").command("start")
    return desk


async def fail(bot: Bot, code: str, model: str = "free", audience: str = "private") -> tuple[Room, Person]:
    room = bot.room(audience)  # type: ignore[arg-type]
    anna = room.person("Anna")
    await anna.say(f"/imagine [fail {code}] a fox --model {model}")
    await room.quiet()
    return room, anna


def alarms(desk: Room, code: str) -> list[str]:
    said = [one for one in desk.said.values() if isinstance(one, Say) and one.private and one.tone == "error"]
    return [line for one in said if (line := desk.read(one)).startswith(MARKS[code])]


@pytest.mark.parametrize("code", MARKS)
async def test_the_operators_are_told_once_privately_and_nobody_is_charged(bot: Bot, code: str) -> None:
    desk = await desk_of(bot)
    for _ in range(3):
        room, anna = await fail(bot, code, "paid", "group")
        assert await spent(bot, anna) == (0, 0)
        assert not alarms(room, code), "not where the picture was asked for"
    [line] = alarms(desk, code)
    assert "scripted" in line


async def test_each_trouble_is_told_for_itself_and_each_retired_model_too(bot: Bot) -> None:
    desk = await desk_of(bot)
    await fail(bot, "misconfigured")
    await fail(bot, "out_of_credit")
    for model in ("free", "paid", "free"):
        await fail(bot, "gone", model)
    assert len(alarms(desk, "misconfigured")) == len(alarms(desk, "out_of_credit")) == 1
    assert [line.split(". ")[0] for line in alarms(desk, "gone")] == [
        "🪦 scripted no longer serves free",
        "🪦 scripted no longer serves paid",
    ]


async def test_a_machines_own_words_are_in_the_alarm_and_in_health_until_it_draws_again(bot: Bot) -> None:
    desk = await desk_of(bot)
    boss = Person(desk, Who("test", "boss", "Boss"), "en")
    await fail(bot, "broken", "paid")
    assert "“the script says so”" in alarms(desk, "broken")[0]
    await boss.say("/admin health")
    assert "✖ scripted · paid: “the script says so”" in desk.read()
    room = bot.room()
    await room.person("Anna").say("/imagine a fox --model paid")
    await room.quiet()
    await boss.say("/admin health")
    assert "✖ scripted" not in desk.read()


async def test_after_a_day_the_same_trouble_is_told_again(bot: Bot) -> None:
    desk = await desk_of(bot)
    await fail(bot, "misconfigured")
    yesterday = datetime.now(UTC) - timedelta(milliseconds=SILENCE)
    async with bot.running.database.write() as tx:
        await tx.execute(update(operator_alarms).values(told_at=int(yesterday.timestamp() * 1000)))
    await fail(bot, "misconfigured")
    assert len(alarms(desk, "misconfigured")) == 2


async def test_every_operator_who_can_be_reached_is_told(bot: Bot) -> None:
    desks = [await desk_of(bot), await desk_of(bot)]
    await fail(bot, "misconfigured")
    assert [len(alarms(desk, "misconfigured")) for desk in desks] == [1, 1]


@pytest.mark.parametrize("code", ["unavailable", "rate_limited", "unknown_outcome", "bad_input", "refused", "no_image"])
async def test_what_passes_or_is_the_requests_own_fault_is_told_nobody_else(bot: Bot, code: str) -> None:
    desk = await desk_of(bot)
    before = len(desk.said)
    await fail(bot, code)
    assert len(desk.said) == before


async def test_without_an_operator_to_reach_the_picture_just_fails(bot: Bot) -> None:
    room, _ = await fail(bot, "misconfigured")
    assert "The operator's key for this model does not work." in room.read()


async def test_a_lower_rate_means_low_credit_and_a_rate_limit_alone_means_nothing() -> None:
    assert trouble_of(errors.RateLimited("slower", per_minute=6)) == "low_credit"
    assert trouble_of(errors.RateLimited("slower", retry_after=6)) is None
