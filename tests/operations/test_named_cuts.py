"""A power cut at each point of a paid picture's way: it ends as one picture, paid once and shown once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio

from storage.db.database import Database, sqlite_url
from tests.operations.books import LOOK, agree, books, settled
from tests.operations.fleet import MODEL, Fleet, Member, Shop, Wish, fleet, selling, told
from tests.operations.processes import LONGEST


@dataclass(slots=True)
class Scene:
    """A bot that is about to be cut off, what surrounds it, and what is put right after the cut."""

    bots: Fleet
    shop: Shop
    database: Database
    blobs: Path
    after: AsyncExitStack

    async def asked(self, wish: Wish) -> None:
        assert await told(self.bots.address, [wish]) == []


@pytest_asyncio.fixture
async def scene(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> AsyncIterator[Scene]:
    data = tmp_path / "data"
    url = sqlite_url(data) if kind == "sqlite" else request.getfixturevalue("postgres").create()
    async with selling() as shop, fleet(tmp_path, shop, DATABASE_URL=url) as bots, AsyncExitStack() as after:
        database = Database(url)
        yield Scene(bots, shop, database, data / "blobs", after)
        await database.close()


# ── the points ───────────────────────────────────────────────────────────────────────────────────────────


async def inside_the_paid_call(scene: Scene, wish: Wish, bot: Member) -> None:
    """The provider took the call, and its answer never came."""
    scene.shop.play("timeout")
    await scene.asked(wish)
    await within(scene.shop.took.wait())


async def while_polling(scene: Scene, wish: Wish, bot: Member) -> None:
    """The provider is at work."""
    scene.shop.holding = True
    scene.after.callback(setattr, scene.shop, "holding", False)
    await scene.asked(wish)
    await within(scene.shop.polled.wait())


async def while_fetching(scene: Scene, wish: Wish, bot: Member) -> None:
    """The picture is finished, and its bytes are on their way."""
    scene.shop.hands_out.clear()
    scene.after.callback(scene.shop.hands_out.set)
    await scene.asked(wish)
    await within(scene.shop.fetched.wait())


async def while_its_bytes_find_no_room(scene: Scene, wish: Wish, bot: Member) -> None:
    """The picture waits in memory for a store that is away."""
    scene.blobs.mkdir(exist_ok=True)
    away = scene.blobs.rename(scene.blobs.with_name("away"))
    scene.blobs.write_bytes(b"a file is in the way of every picture")
    scene.after.callback(away.rename, scene.blobs)
    scene.after.callback(scene.blobs.unlink)
    await scene.asked(wish)
    await bot.said("picture not stored yet")


async def between_its_bytes_and_its_row(scene: Scene, wish: Wish, bot: Member) -> None:
    """The picture's bytes are stored, and no row names them yet."""
    scene.shop.hands_out.clear()
    await scene.asked(wish)
    await within(scene.shop.fetched.wait())
    await scene.after.enter_async_context(nobody_writes(scene.database))
    scene.shop.hands_out.set()
    async with asyncio.timeout(LONGEST):
        while len([path for path in scene.blobs.rglob("*") if path.is_file()]) < 2:  # noqa: ASYNC110  # it is another process that stores them
            await asyncio.sleep(LOOK / 10)


POINTS = [
    inside_the_paid_call,
    while_polling,
    while_fetching,
    while_its_bytes_find_no_room,
    between_its_bytes_and_its_row,
]


ON_A_SERVER = [inside_the_paid_call, between_its_bytes_and_its_row]
"""Where the database has most to do with it."""


@pytest.mark.parametrize(
    ("kind", "point"), [*(("sqlite", point) for point in POINTS), *(("postgresql", point) for point in ON_A_SERVER)]
)
async def test_a_picture_that_was_cut_off_is_bought_once_and_shown_once(
    scene: Scene, point: Callable[[Scene, Wish, Member], Awaitable[None]]
) -> None:
    wish = Wish("Ann", str(uuid4()), f"/imagine a fox --model {MODEL}")
    bot = await scene.bots.run()
    await point(scene, wish, bot)
    await bot.kill()
    assert (await books(scene.database)).statuses == {"running": 1}
    await scene.after.aclose()
    await scene.bots.run()
    await scene.asked(wish)  # as platforms do with what may be lost
    await settled(scene.database)
    await agree(scene.database, scene.shop, wanted=1)
    assert (await books(scene.database)).statuses == {"done": 1}
    assert scene.shop.posts == 1
    assert scene.bots.errors() == []


@asynccontextmanager
async def nobody_writes(database: Database) -> AsyncIterator[None]:
    """Hold what writers wait for."""
    async with database.write():
        yield


async def within(event: Awaitable[object]) -> None:
    async with asyncio.timeout(LONGEST):
        await event
