"""What has had its time goes: the trash after 30 days, nobody's bytes after one; what could not be shown is shown."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest_asyncio
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.core.deliver import LONG_ABSENT, PATIENCE
from bot.core.mending import YOUNG
from bot.core.messages import Progress, Show
from storage import events, generations, images, ledger, messages, settings
from storage.schema import images as image_table
from tests.harness.bots import Bot, started
from tests.storage.rows import a_generation, an_image, somebody


@dataclass
class Clock:
    """The time, which tests move on."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def pass_(self, **time: float) -> None:
        self.ahead += timedelta(**time)


@pytest_asyncio.fixture
async def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def bot(tmp_path: Path, clock: Clock) -> AsyncIterator[Bot]:
    async with started(tmp_path, clock=clock) as running:
        yield running


async def test_the_trash_is_emptied_after_30_days_and_what_was_paid_stays_in_the_books(bot: Bot, clock: Clock) -> None:
    room = bot.room()
    ann = room.person("Ann")
    await ann.say("/imagine foxes --count 2 --model paid --private on")
    await room.quiet()
    [first, second] = await slots(bot)
    await ann.press_id(f"v1:trash:{first.id}")
    await tidy(bot)
    clock.pass_(days=29)
    await tidy(bot)
    assert {slot.id for slot in await slots(bot)} == {first.id, second.id}
    clock.pass_(days=2)
    await tidy(bot)
    assert [slot.id for slot in await slots(bot)] == [second.id]
    assert set(files(bot)) == {second.blob, second.thumbnail}
    async with bot.running.database.read() as tx:
        assert (await ledger.usage(tx, f"user:{first.user}", "microdollar")).spent == 80_000


async def test_bytes_that_no_row_names_go_after_a_day_and_named_or_young_ones_stay(bot: Bot, tmp_path: Path) -> None:
    room = bot.room()
    await room.person("Ann").say("/imagine a fox --model free")
    await room.quiet()
    [named] = await slots(bot)
    blobs = folder(bot)
    for key in ("aa/bb/" + "a" * 64, "cc/dd/" + "c" * 64, "not-ours.txt"):
        (blobs / key).parent.mkdir(parents=True, exist_ok=True)
        (blobs / key).write_bytes(b"x")
    for path in blobs.rglob("*"):
        if path.is_file() and path != blobs / "cc/dd" / ("c" * 64):
            os.utime(path, (0, 0))
    await tidy(bot)
    assert set(files(bot)) == {named.blob, named.thumbnail, "cc/dd/" + "c" * 64, "not-ours.txt"}


async def test_bytes_that_are_stored_again_are_young_again(bot: Bot) -> None:
    parts = bot.running.app._parts
    key = await parts.blobs.put(b"the same bytes")
    path = folder(bot) / key
    os.utime(path, (0, 0))
    assert await parts.blobs.put(b"the same bytes") == key
    await tidy(bot)
    assert path.read_bytes() == b"the same bytes"


async def test_handled_events_are_forgotten_after_30_days(bot: Bot, clock: Clock) -> None:
    database = bot.running.database
    async with database.write() as tx:
        assert await events.claim(tx, "test:old", bot.running.app._parts.now())
    clock.pass_(days=31)
    await tidy(bot)
    async with database.write() as tx:
        assert await events.claim(tx, "test:old", 0)


async def test_it_is_tidied_once_a_day_however_often_it_is_asked(bot: Bot, clock: Clock) -> None:
    do = bot.running.chores["tidy"].do
    assert [await do(), await do()] == [True, False]
    clock.pass_(hours=23)
    assert not await do()
    clock.pass_(hours=2)
    assert await do()


async def test_a_result_whose_platform_was_away_is_delivered_when_it_is_back(bot: Bot, clock: Clock) -> None:
    room = bot.room()
    ann = room.person("Ann")
    await ann.say("/imagine [hold] a fox --model free")
    platform = bot.running.fronts.pop("test")
    await bot.scripted.release()
    await ended(bot)
    clock.pass_(seconds=LONG_ABSENT)
    async with asyncio.timeout(30):
        while (await bot.running.app._parts.jobs.under_way()).generations:  # noqa: ASYNC110  # the engine's threads write
            await asyncio.sleep(0.1)
    assert isinstance(room.last, Progress)
    await bot.running.chores["mend"].do()
    assert isinstance(room.last, Progress), "it is still away"
    bot.running.fronts["test"] = platform
    await bot.running.chores["mend"].do()
    await room.quiet()
    assert isinstance(room.last, Show)


async def test_a_message_that_a_crash_kept_from_becoming_the_result_becomes_it(bot: Bot, clock: Clock) -> None:
    room = bot.room()
    await room.person("Ann").say("/imagine [hold] a fox --model free")
    [slot] = await slots(bot)
    async with bot.running.database.write() as tx:  # as it is noted just before the result is posted
        [progress] = await messages.of_generation(tx, slot.generation)
        await messages.put(tx, replace(progress, purpose="result"), 0)
    await bot.scripted.release()
    clock.pass_(seconds=PATIENCE)
    await room.quiet()
    assert [type(said) for said in room.said.values()] == [Show]


async def test_an_image_that_nobody_draws_is_given_up_and_released(bot: Bot, clock: Clock) -> None:
    database = bot.running.database
    async with database.write() as tx:
        of = await a_generation(tx, await somebody(tx), delivered_at=1)
        lost = await an_image(tx, of, created_at=bot.running.app._parts.now() - YOUNG - 1)
        young = await an_image(tx, of, 2, created_at=bot.running.app._parts.now())
        await generations.delivered(tx, of.id, 1)
    with capture_logs() as logs:
        await bot.running.chores["mend"].do()
    assert [(line["event"], line["image"]) for line in logs] == [("image given up: nobody draws it", lost.id)]
    async with database.read() as tx:
        found = {slot.id: slot.status for slot in await images.of_generation(tx, of.id)}
    assert found == {lost.id: "failed", young.id: "queued"}


async def test_a_paid_picture_waits_for_room_on_the_disk(bot: Bot) -> None:
    room = bot.room()
    with capture_logs() as logs:
        asking = asyncio.create_task(room.person("Ann").say("/imagine [hold] a fox --model paid"))
        await bot.scripted.release(0)
        blobs, away = folder(bot), folder(bot).with_name("away")
        await asking
        blobs.rename(away)
        blobs.write_bytes(b"a file is in the way of every picture")
        await bot.scripted.release()
        async with asyncio.timeout(30):
            while not any(line["event"] == "picture not stored yet" for line in logs):  # noqa: ASYNC110  # a log has no event
                await asyncio.sleep(0.05)
        blobs.unlink()
        away.rename(blobs)
        await room.quiet()
    [slot] = await slots(bot)
    assert (slot.status, len(bot.scripted.journal)) == ("done", 1)


async def tidy(bot: Bot) -> None:
    """Tidy up now, whenever it was done last."""
    async with bot.running.database.write() as tx:
        await settings.put(tx, "bot", "tidied", None)
    assert await bot.running.chores["tidy"].do()


def folder(bot: Bot) -> Path:
    file = bot.running.database.file
    assert file
    return file.with_name("blobs")


def files(bot: Bot) -> list[str]:
    """The keys of all stored bytes."""
    root = folder(bot)
    return [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]


async def slots(bot: Bot) -> list[images.Image]:
    async with bot.running.database.read() as tx:
        rows = (await tx.execute(select(image_table).order_by(image_table.c.id))).mappings().all()
    return [images.image_from(row) for row in rows]


async def ended(bot: Bot) -> None:
    """Wait until every image has its end."""
    async with asyncio.timeout(30):
        while not all(slot.finished for slot in await slots(bot)):  # noqa: ASYNC110  # the engine draws
            await asyncio.sleep(0.05)
