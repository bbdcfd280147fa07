"""Power cuts at random moments: nothing accepted is lost, nothing is paid or posted twice."""

import asyncio
from contextlib import suppress
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest

from storage.db.database import Database, sqlite_url
from tests.operations.books import agree, settled
from tests.operations.fleet import MODEL, Shop, Wish, fleet, selling, told

PEOPLE = ("Ann", "Bob", "Cid", "Dee", "Eve")
EACH = 10
"""Requests of a person, of four images each: as many as a minute allows, so that none is refused."""
IMAGES = len(PEOPLE) * EACH * 4
KILLS = 12
AT_ONCE = 5
"""Requests sent in each life of the process; those that a cut swallowed are sent again, as platforms do."""


@pytest.mark.timeout(300)
async def test_every_image_has_one_end_and_was_paid_and_shown_once(tmp_path: Path) -> None:
    chance = Random(5)
    waiting = wishes(chance)
    async with selling() as shop, fleet(tmp_path, shop) as all_:
        for _ in range(KILLS):
            process = await all_.run()
            now, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
            sending = asyncio.create_task(told(all_.address, now))
            await moment(shop, chance)
            await process.kill()
            waiting = await sending + waiting
        process = await all_.run()
        while waiting:
            waiting = await told(all_.address, waiting)
        database = Database(sqlite_url(tmp_path / "data"))
        try:
            await settled(database)
            await agree(database, shop, wanted=IMAGES)
        finally:
            await database.close()
        assert all_.errors() == []


async def moment(shop: Shop, chance: Random) -> None:
    """Any moment: while requests are taken, or when so many more calls came in and a little after."""
    wanted = shop.posts + chance.randrange(14)
    with suppress(TimeoutError):
        async with asyncio.timeout(5.0):
            while shop.posts < wanted:  # noqa: ASYNC110  # calls of a process that may say nothing any more
                await asyncio.sleep(0.01)
    await asyncio.sleep(1.5 * chance.random() ** 2)


def wishes(chance: Random) -> list[Wish]:
    words = f"/imagine a fox --count 4 --model {MODEL}"
    all_ = [Wish(who, str(uuid4()), words) for who in PEOPLE for _ in range(EACH)]
    chance.shuffle(all_)
    return all_
