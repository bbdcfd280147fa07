"""Stopping what waits and what runs, while others' pictures go on: nothing is charged that was not made."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.core.chat.messages import Progress, Say, Show
from bot.core.runtime.ports import UnderWay
from storage.tables import ledger, people
from storage.tables.ledger import Usage
from storage.tables.owners import Account
from tests.harness.accounts import limit
from tests.harness.bots import Bot, started
from tests.harness.room import Person, Room

NOTHING = UnderWay(frozenset(), frozenset())


@pytest_asyncio.fixture(params=["sqlite", "postgresql"])
async def bot(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Bot]:
    url = {} if request.param == "sqlite" else {"DATABASE_URL": request.getfixturevalue("postgres").create()}
    async with started(tmp_path, **url) as running:
        yield running


@pytest.mark.parametrize("how", ["button", "reaction", "command", "queue"])
async def test_cancelling_running_and_waiting_images_refunds_them_and_leaves_others_alone(bot: Bot, how: str) -> None:
    room = bot.room("group")
    ann, bob = room.person("Ann"), room.person("Bob")
    anns = await asked(ann, "/imagine [hold] foxes --count 4 --model paid")
    await holding(bot, 2)  # the other two wait: nobody has more at once
    bobs = await asked(bob, "/imagine [hold] owls --count 3 --model paid")
    await holding(bot, 4)
    running = {call.key for call in bot.scripted.journal if "foxes" in call.request.prompt}
    await stop(ann, anns, how)
    await until(room, lambda: "4 of 4 cancelled, and not charged." in room.read(room.said[anns]).splitlines())
    assert set(bot.scripted.cancelled) == running
    assert isinstance(room.said[bobs], Progress)
    assert await spent(bot, ann) == Usage(reserved=0, spent=0)
    assert await spent(bot, bob) == Usage(reserved=120_000, spent=0)
    await bot.scripted.release(2)
    await bot.scripted.release(1)
    await until(room, lambda: isinstance(room.said[bobs], Show))
    await idle(bot)
    assert [
        call.key for call in bot.scripted.journal if "foxes" in call.request.prompt if call.key not in running
    ] == []
    assert await spent(bot, bob) == Usage(reserved=0, spent=120_000)


async def test_images_finished_before_a_cancel_are_shown_and_charged_and_the_rest_is_not(bot: Bot) -> None:
    room = bot.room()
    ann = room.person("Ann")
    message = await asked(ann, "/imagine [hold at 2] foxes --count 2 --model paid")
    await until(room, lambda: getattr(room.said[message], "done", 0) == 1)
    await ann.press("Cancel")
    await room.quiet()
    await idle(bot)
    [result] = room.results
    assert [picture.number for picture in result.pictures] == [1]
    assert "1 of 2 cancelled, and not charged." in room.read(result)
    assert "$0.04" in [room.app.words(detail, "en") for detail in result.details]
    assert await spent(bot, ann) == Usage(reserved=0, spent=40_000)


async def test_a_paid_picture_that_comes_after_it_was_stopped_is_charged_and_theirs(bot: Bot) -> None:
    room = bot.room()
    ann = room.person("Ann")
    message = await asked(ann, "/imagine [hold] [unstoppable] a fox --model paid")
    await holding(bot, 1)
    await ann.press("Cancel")
    await until(room, lambda: isinstance(room.said[message], Say))
    assert "at most $0.04 is charged" in room.read(room.said[message])
    await bot.scripted.release()
    await until(room, lambda: room.results)
    await idle(bot)
    assert len(room.results[-1].pictures) == 1
    assert await spent(bot, ann) == Usage(reserved=0, spent=40_000)
    async with bot.running.database.read() as tx:
        assert await ledger.operator_cost(tx, 0) == 0


async def test_asking_and_cancelling_again_and_again_counts_against_the_limit(bot: Bot) -> None:
    room = bot.room()
    ann = room.person("Ann")
    await ann.say("/quota")
    await limit(bot, ann, images_day=2)
    for number in (1, 2):
        message = await asked(ann, f"/imagine [hold] [unstoppable] fox {number} --model paid")
        await holding(bot, 1)
        await ann.press("Cancel", message)
        await bot.scripted.release()
        await until(room, lambda made=number: len(room.results) == made)
    await idle(bot)
    await ann.say("/imagine fox 3 --model paid")
    assert len(bot.scripted.journal) == 2
    async with bot.running.database.read() as tx:
        assert await ledger.operator_cost(tx, 0) == 0


async def test_a_call_whose_cost_nobody_knows_is_the_operators_though_it_was_cancelled(bot: Bot) -> None:
    room = bot.room()
    ann = room.person("Ann")
    await ann.say("/imagine [hold] [unstoppable] [fail unknown_outcome] a fox --model paid")
    await holding(bot, 1)
    await ann.press("Cancel")
    await bot.scripted.release()
    await room.quiet()
    await idle(bot)
    assert await spent(bot, ann) == Usage(reserved=0, spent=0)
    async with bot.running.database.read() as tx:
        assert await ledger.operator_cost(tx, 0) == 40_000


async def asked(person: Person, text: str) -> str:
    """Send a request; the id of the message that shows its progress."""
    await person.say(text)
    assert isinstance(person.room.last, Progress)
    return person.room.id_of(person.room.last)


async def stop(ann: Person, message: str, how: str) -> None:
    match how:
        case "button":
            await ann.press("Cancel", message)
        case "reaction":
            await ann.react("❌", ann.room.said[message])
        case "command":
            await ann.say("/cancel")
        case "queue":
            await ann.say("/queue")
            await ann.press("foxes")


async def holding(bot: Bot, count: int) -> None:
    """Wait until the provider is at work on so many pictures."""
    fake = bot.scripted
    async with asyncio.timeout(30), fake._gate:
        await fake._gate.wait_for(lambda: len(fake._holding) == count)


async def until(room: Room, wanted) -> None:  # type: ignore[no-untyped-def]  # any condition on what was said
    async with asyncio.timeout(30):
        while not wanted():
            room.rooms.changed.clear()
            await room.rooms.changed.wait()


async def idle(bot: Bot) -> None:
    """Wait until the engine has nothing to do any more."""
    async with asyncio.timeout(30):
        while await bot.running.app._services.jobs.under_way() != NOTHING:  # noqa: ASYNC110  # its own threads write
            await asyncio.sleep(0.05)


async def spent(bot: Bot, person: Person) -> Usage:
    """What of a person's money is held back, and what is final."""
    async with bot.running.database.read() as tx:
        user = await people.find(tx, "test", person.who.id)
        assert user
        return await ledger.usage(tx, Account.user(user.id), "microdollar")
