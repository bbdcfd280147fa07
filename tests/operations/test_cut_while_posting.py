"""A power cut amid a message to Telegram, which tells nobody what it has: what can be edited stands once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest_asyncio

from storage.db.database import Database, sqlite_url
from tests.operations.books import books, settled
from tests.operations.fleet import MODEL, Fleet, Shop, fleet, selling
from tests.operations.processes import LONGEST
from tests.servers.telegram import settings_of, telegram
from tests.servers.telegram_methods import Call, Methods
from tests.servers.telegram_people import Human
from tests.servers.telegram_world import World


class Unanswered(Methods):
    """A Telegram that does what it is told, and whose answer to a call that `cut` picks is lost."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.cut: Callable[[Call], bool] | None = None
        self.gone = asyncio.Event()
        """Set once nobody waits for that answer any more."""

    async def answer(self, call: Call) -> Any:
        answer = await super().answer(call)
        if self.cut and self.cut(call):
            self.cut = None
            await self.world.tell()
            await self.gone.wait()
        return answer

    def named(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]


@dataclass(slots=True)
class Scene:
    """A bot on a Telegram that outlives it, and who talks there."""

    bots: Fleet
    shop: Shop
    methods: Unanswered
    ada: Human
    database: Database

    async def cut_off(self, text: str, moment: Callable[[Call], bool]) -> None:
        """Ask, pull the plug while the answer to the call of that moment is on its way, and start again."""
        bot = await self.bots.start("run")
        await bot.said("telegram_listening")
        self.methods.cut = moment
        await self.ada.writes(text)
        async with asyncio.timeout(LONGEST):
            await self.methods.world.until(lambda: self.methods.cut is None)
        await bot.kill()
        self.methods.gone.set()
        await (await self.bots.start("run")).said("telegram_listening")

    async def ends(self, *kinds: str) -> None:
        """Wait until nothing is under way, and this is what stands in the chat."""
        await settled(self.database)
        with suppress(TimeoutError):
            await self.ada.until(lambda: self.stands == list(kinds))
        assert self.stands == list(kinds)
        assert self.bots.errors() == []

    @property
    def stands(self) -> list[str]:
        return [one.kind for one in self.ada.said]


@pytest_asyncio.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with selling() as shop, telegram() as server, fleet(tmp_path, shop, **settings_of(server)) as bots:
        server.methods = methods = Unanswered(server.world)
        database = Database(sqlite_url(tmp_path / "data"))
        yield Scene(bots, shop, methods, server.person("Ada"), database)
        await database.close()


def rings(call: Call) -> bool:
    return call.given.get("disable_notification", "false").lower() != "true"


async def test_a_picture_that_was_just_put_in_the_place_of_its_progress_stands_there_once(scene: Scene) -> None:
    await scene.cut_off(f"/imagine a fox --model {MODEL}", lambda call: call.method == "editMessageMedia")
    await scene.ends("photo")
    assert len(scene.methods.named("editMessageMedia")) == 2
    assert (scene.shop.posts, (await books(scene.database)).statuses) == (1, {"done": 1})


async def test_an_album_that_was_just_sent_may_come_again_and_rings_no_second_time(scene: Scene) -> None:
    await scene.cut_off(f"/imagine a fox --count 3 --model {MODEL}", lambda call: call.method == "sendMediaGroup")
    await scene.ends(*["photo"] * 6, "text")
    albums = scene.methods.named("sendMediaGroup")
    assert [rings(call) for call in albums] == [False, False]
    assert scene.shop.posts == 3


async def test_words_that_were_just_sent_below_their_album_may_come_again_with_it(scene: Scene) -> None:
    await scene.cut_off(f"/imagine a fox --count 3 --model {MODEL}", carries_the_buttons)
    await scene.ends(*["photo", "photo", "photo", "text"] * 2)
    words = [call for call in scene.methods.named("sendMessage") if carries_the_buttons(call)]
    assert [rings(call) for call in words] == [True, False]
    assert scene.shop.posts == 3


def carries_the_buttons(call: Call) -> bool:
    return call.method == "sendMessage" and "Keep all" in call.given.get("reply_markup", "")


async def test_progress_that_was_just_sent_stays_where_nobody_knows_of_it_and_the_result_comes_once(
    scene: Scene,
) -> None:
    await scene.cut_off(f"/imagine a fox --model {MODEL}", lambda call: call.method == "sendMessage")
    await scene.ends("text", "photo")
    assert scene.shop.posts == 1


async def test_a_request_whose_progress_never_came_is_answered_once(scene: Scene) -> None:
    scene.methods.lost.add("sendMessage")
    bot = await scene.bots.start("run")
    await bot.said("telegram_listening")
    await scene.ada.writes(f"/imagine a fox --model {MODEL}")
    await bot.said("request accepted")
    await bot.kill()
    scene.methods.lost.clear()
    await (await scene.bots.start("run")).said("telegram_listening")
    await scene.ends("photo")
    assert scene.shop.posts == 1
