"""What has had its time goes: the trash after 30 days, nobody's bytes after one; what could not be shown is shown."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image
from sqlalchemy import select, text
from structlog.testing import capture_logs

from bot.core.chat.messages import Progress, Show
from bot.core.results.deliverer import LONG_ABSENT, PATIENCE
from bot.core.upkeep.recover import YOUNG
from storage.tables import events, generations, images, ledger, posted_messages, settings
from storage.tables.owners import BOT_SETTINGS, Account
from storage.tables.schema import images as image_table
from tests.harness.bots import Bot, started
from tests.harness.room import Bytes, Person
from tests.operations.processes import PHOTOS
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


@pytest_asyncio.fixture(params=["sqlite", "postgresql"])
async def bot(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> AsyncIterator[Bot]:
    url = {} if request.param == "sqlite" else {"DATABASE_URL": request.getfixturevalue("postgres").create()}
    async with started(tmp_path, clock=clock, **url) as running:
        yield running


@pytest.fixture
def blobs(tmp_path: Path) -> Path:
    """Where the bytes are."""
    return tmp_path / "blobs"


@pytest.fixture
def photo() -> Bytes:
    """A photo with nobody on it."""
    buffer = BytesIO()
    Image.radial_gradient("L").resize((640, 480)).convert("RGB").save(buffer, "JPEG")
    return Bytes("landscape.jpg", buffer.getvalue())


async def test_the_trash_is_emptied_after_30_days_and_what_was_paid_stays_in_the_books(
    bot: Bot, clock: Clock, blobs: Path
) -> None:
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
    assert set(files(blobs)) == {second.blob, second.thumbnail}
    async with bot.running.database.read() as tx:
        assert (await ledger.usage(tx, Account.user(first.user), "microdollar")).spent == 80_000


async def test_files_without_a_row_are_deleted_after_a_day(bot: Bot, blobs: Path) -> None:
    room = bot.room()
    await room.person("Ann").say("/imagine a fox --model free")
    await room.quiet()
    [named] = await slots(bot)
    old, young, others = "aa/bb/" + "a" * 64, "cc/dd/" + "c" * 64, "not-ours.txt"
    for key in (old, young, others):
        put(blobs / key)
    for key in set(files(blobs)) - {young}:
        os.utime(blobs / key, (0, 0))
    await tidy(bot)
    assert set(files(blobs)) == {named.blob, named.thumbnail, young, others}


async def test_storing_a_file_again_restarts_its_day(bot: Bot, blobs: Path) -> None:
    parts = bot.running.app._services
    key = await parts.blobs.put(b"the same bytes")
    path = blobs / key
    os.utime(path, (0, 0))
    assert await parts.blobs.put(b"the same bytes") == key
    await tidy(bot)
    assert path.read_bytes() == b"the same bytes"


async def test_an_unused_photo_is_deleted_after_an_hour(bot: Bot, clock: Clock, blobs: Path, photo: Bytes) -> None:
    ann = bot.room().person("Ann")
    await ann.say("", photo)
    clock.pass_(minutes=59)
    await sweep(bot)
    assert len(files(blobs)) == 2, "the photo and its thumbnail"
    clock.pass_(minutes=2)
    await sweep(bot)
    assert files(blobs) == []
    await ann.press("Make")
    assert ann.room.read() == "This question is already answered or too old. Send your request again."


async def test_a_used_photo_is_deleted_30_days_after_its_last_use(
    bot: Bot, clock: Clock, blobs: Path, photo: Bytes
) -> None:
    ann = bot.room().person("Ann")
    await used(ann, photo, "/imagine a fox --model free")
    clock.pass_(days=29)
    await sweep(bot)
    await ann.press("Again")
    await ann.room.quiet()
    clock.pass_(days=29)
    await sweep(bot)
    of_pictures = {key for slot in await slots(bot) for key in (slot.blob, slot.thumbnail)}
    assert len(set(files(blobs)) - of_pictures) == 2, "the photo and its thumbnail"
    clock.pass_(days=2)
    await sweep(bot)
    assert set(files(blobs)) == of_pictures


async def test_a_childs_photo_is_deleted_24_hours_after_it_was_sent(bot: Bot, clock: Clock, blobs: Path) -> None:
    ann = bot.room().person("Ann")
    await ann.say("/imagine a portrait --model local", Bytes("child.jpg", (PHOTOS / "woman.jpg").read_bytes()))
    await ann.press("A child in my care")
    await ann.room.quiet()
    clock.pass_(hours=23)
    await ann.press("Again")
    await ann.room.quiet()
    await sweep(bot)
    of_pictures = {key for slot in await slots(bot) for key in (slot.blob, slot.thumbnail)}
    assert len(set(files(blobs)) - of_pictures) == 2, "the photo and its thumbnail"
    clock.pass_(hours=2)
    await sweep(bot)
    assert set(files(blobs)) == of_pictures


async def test_the_planner_statistics_are_refreshed(bot: Bot) -> None:
    ann = bot.room().person("Ann")
    await ann.say("/imagine a fox --model free")
    await ann.room.quiet()
    await tidy(bot)
    learnt = {
        "sqlite": "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'images'",
        "postgresql": "SELECT count(*) FROM pg_stats WHERE tablename = 'images'",
    }
    async with bot.running.database.read() as tx:
        assert await tx.scalar(text(learnt[tx.dialect.name]))


async def test_handled_events_are_forgotten_after_30_days(bot: Bot, clock: Clock) -> None:
    database = bot.running.database
    async with database.write() as tx:
        assert await events.claim(tx, "test:old", bot.running.app._services.now())
    clock.pass_(days=31)
    await tidy(bot)
    async with database.write() as tx:
        assert await events.claim(tx, "test:old", 0)


async def test_the_daily_cleanup_runs_once_a_day(bot: Bot, clock: Clock) -> None:
    do = bot.running.scheduled_tasks["tidy"].do
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
        while (await bot.running.app._services.jobs.under_way()).generations:  # noqa: ASYNC110  # the engine's threads write
            await asyncio.sleep(0.1)
    assert isinstance(room.last, Progress)
    await bot.running.scheduled_tasks["mend"].do()
    assert isinstance(room.last, Progress), "it is still away"
    bot.running.fronts["test"] = platform
    await bot.running.scheduled_tasks["mend"].do()
    await room.quiet()
    assert isinstance(room.last, Show)


async def test_a_progress_message_left_by_a_crash_becomes_the_result(bot: Bot, clock: Clock) -> None:
    room = bot.room()
    await room.person("Ann").say("/imagine [hold] a fox --model free")
    [slot] = await slots(bot)
    async with bot.running.database.write() as tx:  # as it is noted just before the result is posted
        [progress] = await posted_messages.of_generation(tx, slot.generation)
        await posted_messages.put(tx, replace(progress, purpose="result"), 0)
    await bot.scripted.release()
    clock.pass_(seconds=PATIENCE)
    await room.quiet()
    assert [type(said) for said in room.said.values()] == [Show]


async def test_an_image_without_a_workflow_fails_and_releases_its_reservation(bot: Bot, clock: Clock) -> None:
    database = bot.running.database
    async with database.write() as tx:
        of = await a_generation(tx, await somebody(tx), delivered_at=1)
        lost = await an_image(tx, of, created_at=bot.running.app._services.now() - YOUNG - 1)
        young = await an_image(tx, of, 2, created_at=bot.running.app._services.now())
        await generations.delivered(tx, of.id, 1)
    with capture_logs() as logs:
        await bot.running.scheduled_tasks["mend"].do()
    assert [(line["event"], line["image"]) for line in logs] == [("image given up: nobody draws it", lost.id)]
    async with database.read() as tx:
        found = {slot.id: slot.status for slot in await images.of_generation(tx, of.id)}
    assert found == {lost.id: "failed", young.id: "queued"}


async def test_a_paid_picture_waits_for_room_on_the_disk(bot: Bot, blobs: Path) -> None:
    room = bot.room()
    with capture_logs() as logs:
        asking = asyncio.create_task(room.person("Ann").say("/imagine [hold] a fox --model paid"))
        await bot.scripted.release(0)
        await asking
        back = in_the_way(blobs)
        await bot.scripted.release()
        async with asyncio.timeout(30):
            while not any(line["event"] == "picture not stored yet" for line in logs):  # noqa: ASYNC110  # a log has no event
                await asyncio.sleep(0.05)
        back()
        await room.quiet()
    [slot] = await slots(bot)
    assert (slot.status, len(bot.scripted.journal)) == ("done", 1)


async def used(ann: Person, photo: Bytes, text: str) -> None:
    """Let a photo be used for a picture."""
    await ann.say(text, photo)
    await ann.room.quiet()


async def sweep(bot: Bot) -> None:
    """Look after photos now."""
    await bot.running.scheduled_tasks["sweep"].do()


async def tidy(bot: Bot) -> None:
    """Tidy up now, whenever it was done last."""
    async with bot.running.database.write() as tx:
        await settings.put(tx, BOT_SETTINGS, "tidied", None)
    assert await bot.running.scheduled_tasks["tidy"].do()


def put(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")


def in_the_way(blobs: Path) -> Callable[[], None]:
    """Put a file in the way of every picture; what puts it right again."""
    away = blobs.rename(blobs.with_name("away"))
    blobs.write_bytes(b"a file is in the way of every picture")

    def back() -> None:
        blobs.unlink()
        away.rename(blobs)

    return back


def files(blobs: Path) -> list[str]:
    """The keys of all stored bytes."""
    return [str(path.relative_to(blobs)) for path in blobs.rglob("*") if path.is_file()]


async def slots(bot: Bot) -> list[images.Image]:
    async with bot.running.database.read() as tx:
        rows = (await tx.execute(select(image_table).order_by(image_table.c.id))).mappings().all()
    return [images.image_from(row) for row in rows]


async def ended(bot: Bot) -> None:
    """Wait until every image has its end."""
    async with asyncio.timeout(30):
        while not all(slot.finished for slot in await slots(bot)):  # noqa: ASYNC110  # the engine draws
            await asyncio.sleep(0.05)
