"""A result that cannot be posted: tried for minutes, then told, and never for hours."""

import pytest

from bot.core.chat.messages import Say
from bot.core.results import undelivered
from bot.jobs.settings import DELIVERY_RETRIES
from storage.tables import generations, images
from tests.harness.bots import Bot
from tests.harness.room import Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def left_over(bot: Bot, person: Person) -> str:
    """A generation of somebody whose pictures are drawn and whose result is nowhere."""
    await person.say("/imagine a fox")
    await person.room.quiet()
    async with bot.running.database.write() as tx:
        image = await images.get(tx, person.room.results[-1].pictures[0].id.removeprefix("i:"))
        assert image
        await generations.reopen(tx, image.generation)
    return image.generation


def told(room: Room) -> list[str]:
    said = [room.read(one) for one in room.said.values() if isinstance(one, Say)]
    return [line for line in said if "could not post them" in line]


async def test_a_person_is_told_once_where_the_pictures_are(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    generation = await left_over(bot, anna)
    services = bot.running.app._services
    await undelivered.give_up(services, generation)
    await undelivered.give_up(services, generation)
    assert len(told(room)) == 1
    async with bot.running.database.read() as tx:
        kept = await generations.get(tx, generation)
    assert kept
    assert kept.delivered_at is not None, "it is not tried again"


async def test_while_the_platform_is_away_it_is_left_to_recovery(bot: Bot) -> None:
    room = bot.room()
    generation = await left_over(bot, room.person("Anna"))
    front = bot.running.fronts.pop("test")
    try:
        await undelivered.give_up(bot.running.app._services, generation)
    finally:
        bot.running.fronts["test"] = front
    async with bot.running.database.read() as tx:
        kept = await generations.get(tx, generation)
    assert kept
    assert kept.delivered_at is None


async def test_a_delivery_is_given_up_after_minutes() -> None:
    waits = [
        DELIVERY_RETRIES["interval_seconds"] * DELIVERY_RETRIES["backoff_rate"] ** number
        for number in range(DELIVERY_RETRIES["max_attempts"] - 1)
    ]
    assert 60 < sum(waits) < 600
