"""Many at once against small limits: exactly as many get through as may, in one process and in two."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from pathlib import Path
from uuid import uuid4

import pytest

from storage.db.database import Database, sqlite_url
from storage.db.migrate import migrate
from storage.tables import images, ledger, people, settings
from storage.tables.owners import Account, Scope
from tests.harness.bots import started
from tests.harness.postgres import Postgres
from tests.operations.processes import ROOT

REQUESTS = 200
ALLOWED = 7
TOO_MANY = {"limit-images-day": ALLOWED, "limit-requests-minute": REQUESTS, "limit-images-waiting": REQUESTS}
RESERVE = """
import asyncio, sys
from bot.core.chat.errors import UserError
from bot.core.money import limits
from bot.core.money.limits import Limits, Wish
from storage.db.database import Database
from storage.db.ids import new_id
from storage.tables import ledger
from storage.tables.enums import Unit
from storage.tables.ledger import Reservation
from storage.tables.owners import BOT, Account

async def main(url, moment):
    database, got = Database(url), 0
    for _ in range(40):
        wish = Wish(user="ann", accounts={Account.user("ann"): Limits(images_day=25)}, images=1, micro=0,
                    spend_month=0, now=moment)
        try:
            async with database.write() as tx:
                await limits.check(tx, wish)
                await asyncio.sleep(0)
                await ledger.reserve(tx, [Reservation(new_id(), (Account.user("ann"), BOT), {Unit.IMAGE: 1})], moment)
        except UserError:
            continue
        got += 1
    await database.close()
    print(got)

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""
NOW = 1_800_000_000_000


async def test_of_200_concurrent_requests_exactly_the_daily_limit_is_accepted(tmp_path: Path) -> None:
    async with started(tmp_path) as bot:
        room = bot.room()
        ann = room.person("Ann")
        await ann.say("/quota")
        async with bot.running.database.write() as tx:
            user = await people.find(tx, ann.who.platform, ann.who.id)
            assert user
            for key, value in TOO_MANY.items():
                await settings.put(tx, Scope.user(user.id), key, value)
        await asyncio.gather(*(ann.say("/imagine a fox --model paid") for _ in range(REQUESTS)))
        await room.quiet()
        async with bot.running.database.read() as tx:
            usage = await ledger.usage(tx, Account.user(user.id), "image")
            assert await images.unfinished(tx, user.id) == ()
        assert (usage.reserved, usage.spent) == (0, ALLOWED)
        assert len(room.results) == len(bot.scripted.journal) == ALLOWED


async def test_an_event_delivered_50_times_at_once_is_handled_once(tmp_path: Path) -> None:
    async with started(tmp_path) as bot:
        room = bot.room()
        ann, event = room.person("Ann"), f"test:{uuid4()}"
        await asyncio.gather(*(ann.say("/imagine a fox --model paid", event=event) for _ in range(50)))
        await room.quiet()
        assert len(room.results) == len(bot.scripted.journal) == 1


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_two_processes_that_reserve_for_the_same_person_keep_to_one_limit(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server: Postgres | None = request.getfixturevalue("postgres") if kind == "postgresql" else None
    url = server.create() if server else sqlite_url(tmp_path)
    database = Database(url)
    await migrate(database)
    both = await asyncio.gather(*(reserving(url) for _ in range(2)))
    assert sum(both) == 25
    async with database.read() as tx:
        assert (await ledger.usage(tx, Account.user("ann"), "image")).reserved == 25
    await database.close()


async def reserving(url: str) -> int:
    """How many reservations a process of its own got."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", RESERVE, url, str(NOW), cwd=ROOT, stdout=PIPE)
    printed, _ = await process.communicate()
    return int(printed)
