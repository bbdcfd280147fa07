"""What a provider's account allows, over several processes on one PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from providers.registry import MODELS_FILE
from storage.db.database import Database
from tests.harness.postgres import Postgres
from tests.operations.books import LOOK, agree, books, settled
from tests.operations.fleet import MODEL, Fleet, Shop, Wish, fleet, selling, told
from tests.operations.processes import LONGEST
from tests.servers.openai_images import KEY, answering

OTHER = "gpt-image-2.5-flare"
"""A model of another provider."""
SHIPPED = "[accounts.replicate]\nconcurrency = 16\nper_minute = 300\n"


@asynccontextmanager
async def machines(folder: Path, url: str, shop: Shop, account: str, **settings: str) -> AsyncIterator[Fleet]:
    """`run` and two workers whose account at the shop allows this."""
    models = MODELS_FILE.read_text("utf-8")
    assert SHIPPED in models
    (folder / "models.toml").write_text(models.replace(SHIPPED, f"[accounts.replicate]\n{account}\n"), "utf-8")
    (folder / "pictures").mkdir()
    shared = {"DATABASE_URL": url, "BLOB_URL": f"file://{folder}/pictures", "MODELS_FILE": f"{folder}/models.toml"}
    async with fleet(folder, shop, **shared, **settings) as all_:
        await all_.run()
        for name in ("one", "two"):
            await all_.worker(name)
        yield all_


@pytest.fixture
def url(postgres: Postgres) -> str:
    return postgres.create()


def asking(who: str, model: str = MODEL) -> Wish:
    return Wish(who, str(uuid4()), f"/imagine {who} in the rain --count 4 --model {model}")


async def test_no_more_calls_are_made_at_once_than_the_account_allows(tmp_path: Path, url: str) -> None:
    async with selling() as shop, machines(tmp_path, url, shop, "concurrency = 3") as all_:
        shop.holding = True
        assert await told(all_.address, [asking(who) for who in ("Ann", "Bob", "Cid")]) == []
        async with asyncio.timeout(LONGEST):
            while shop.making.total() < 3:
                shop.took.clear()
                await shop.took.wait()
        shop.holding = False
        database = Database(url)
        await settled(database)
        assert shop.peak == 3
        await agree(database, shop, wanted=12)
        await database.close()


async def test_no_more_calls_are_made_in_a_minute_than_the_account_allows(tmp_path: Path, url: str) -> None:
    async with selling() as shop, answering() as api:
        other = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": api.url}
        async with machines(tmp_path, url, shop, "concurrency = 8\nper_minute = 3", **other) as all_:
            assert await told(all_.address, [asking(who) for who in ("Ann", "Bob", "Cid")]) == []
            database = Database(url)
            await made(database, 3)
            # Meanwhile another provider's pictures come one after another, so the queues were looked at often.
            assert await told(all_.address, [asking("Dee", OTHER)]) == []
            await made(database, 7)
            assert (shop.posts, api.posts) == (3, 4)
            await database.close()


async def made(database: Database, count: int) -> None:
    """Wait until so many pictures are done."""
    async with asyncio.timeout(LONGEST):
        while (await books(database)).statuses["done"] < count:  # noqa: ASYNC110  # other processes make them
            await asyncio.sleep(LOOK)
