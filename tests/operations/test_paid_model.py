"""From a command to a picture of a paid provider, with everything real but the provider's server."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot import wiring
from bot.core.chat.messages import Show
from bot.settings import Settings
from storage.tables import attempts, ledger
from storage.tables.owners import BOT
from tests.harness.bots import AT_ONCE
from tests.harness.room import Bytes, Room, Rooms
from tests.servers.replicate import TOKEN, Stage, staged

PRO = "google/nano-banana-pro"


class Shop:
    """A bot whose pictures come from the loopback Replicate."""

    def __init__(self, running: wiring.Running, rooms: Rooms, stage: Stage) -> None:
        self.running, self.rooms, self.stage = running, rooms, stage


@pytest_asyncio.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with staged() as stage:
        settings = {
            "DATA_DIR": str(tmp_path), "ACCESS": "open",
            "REPLICATE_API_TOKEN": TOKEN, "REPLICATE_BASE_URL": stage.origin,
        }  # fmt: skip
        async with wiring.running(Settings(settings), patience=AT_ONCE) as running:
            rooms = Rooms()
            running.fronts[rooms.platform] = rooms
            yield Shop(running, rooms, stage)


async def told(shop: Shop) -> tuple[int, int]:
    """What people paid and what the operator bore, in microdollars."""
    async with shop.running.database.read() as tx:
        return (await ledger.usage(tx, BOT, "microdollar")).spent, await ledger.operator_cost(tx, 0)


@pytest.fixture
def thing() -> Bytes:
    return Bytes("woman.jpg", (Path(__file__).parents[1] / "photos" / "woman.jpg").read_bytes())


async def test_a_picture_is_bought_once_and_paid_by_the_person(shop: Shop, thing: Bytes) -> None:
    room = Room(shop.running.app, shop.rooms)
    anna = room.person("Anna")
    await anna.command("imagine", thing, prompt="as a lighthouse keeper", model=PRO)
    await anna.press("It is me")
    await room.quiet()
    [result] = room.results
    assert isinstance(result, Show)
    assert len(shop.stage.sold) == 1
    assert await told(shop) == (150_000, 0)


async def test_a_refusal_costs_the_person_nothing_and_offers_ways_out(shop: Shop) -> None:
    room = Room(shop.running.app, shop.rooms)
    anna = room.person("Anna")
    shop.stage.play("refused_prompt")
    await anna.command("imagine", prompt="a fox", model=PRO)
    await room.quiet()
    assert "nothing" in room.read().lower()
    labels = [shop.running.app.words(one.label, "en") for row in room.last.buttons for one in row]  # type: ignore[union-attr]
    assert any("Rephrase" in label for label in labels)
    assert await told(shop) == (0, 0)


@pytest.mark.parametrize("scene", ["cut_after", "gateway_page"])
async def test_a_call_whose_answer_was_lost_is_asked_for_and_its_picture_fetched(shop: Shop, scene: str) -> None:
    room = Room(shop.running.app, shop.rooms)
    anna = room.person("Anna")
    shop.stage.play(scene)
    await anna.command("imagine", prompt="a fox", model=PRO)
    await room.quiet()
    [result] = room.results
    assert isinstance(result, Show)
    assert (shop.stage.posts, len(shop.stage.sold)) == (1, 1)
    assert await told(shop) == (150_000, 0)


async def test_a_call_that_may_never_have_arrived_is_not_made_again(shop: Shop) -> None:
    room = Room(shop.running.app, shop.rooms)
    anna = room.person("Anna")
    shop.stage.play("cut_before")
    await anna.command("imagine", prompt="a fox", model=PRO)
    await room.quiet()
    assert not room.results
    assert shop.stage.posts == 1
    assert await told(shop) == (0, 150_000)


async def test_two_lost_calls_of_one_request_find_each_its_own_picture(shop: Shop) -> None:
    room = Room(shop.running.app, shop.rooms)
    anna = room.person("Anna")
    shop.stage.play("cut_before", "cut_after")
    await anna.command("imagine", prompt="a fox", model=PRO, count="2")
    await room.quiet()
    people_paid, operator_bore = await told(shop)
    assert shop.stage.posts == 2
    assert len(shop.stage.sold) == 1
    assert people_paid <= 150_000
    assert people_paid + operator_bore == 300_000


async def test_a_passing_failure_is_retried_as_another_attempt(shop: Shop) -> None:
    room = Room(shop.running.app, shop.rooms)
    anna = room.person("Anna")
    shop.stage.play("interrupted", "overloaded")
    await anna.command("imagine", prompt="a fox", model=PRO)
    await room.quiet()
    [result] = room.results
    async with shop.running.database.read() as tx:
        made = await attempts.of_image(tx, result.pictures[0].id.removeprefix("i:"))
    assert [one.outcome for one in made] == ["unavailable", "unavailable", "done"]
    assert len(shop.stage.sold) == 1
    assert await told(shop) == (150_000, 0)
