"""A power cut amid a paid call at a provider that nobody can ask: made once, shown as unknown, the operator's cost."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest_asyncio
from sqlalchemy import select

from storage.db.database import Database, sqlite_url
from storage.tables.schema import attempts, images, ledger
from tests.operations.books import books
from tests.operations.processes import LONGEST, ask, heard, killed, serving
from tests.servers.openai_images import KEY, Api, answering

MODEL = "gpt-image-2.5-flare"
LOOK = 0.02
"""Seconds between looks at what another process asked for."""


@pytest_asyncio.fixture
async def api() -> AsyncIterator[Api]:
    async with answering() as open_:
        yield open_


async def calls(api: Api, count: int) -> None:
    """Wait until so many paid calls came in."""
    async with asyncio.timeout(LONGEST):
        while api.posts < count:  # noqa: ASYNC110  # it is another process that calls
            await asyncio.sleep(LOOK)


async def test_a_call_that_a_power_cut_leaves_open_is_never_made_again_or_charged(tmp_path: Path, api: Api) -> None:
    data = tmp_path / "data"
    settings = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": api.url}
    api.playing.extend(["picture", "timeout", "timeout"])
    async with serving(data, **settings) as server, server.page() as page:
        await ask(page, str(uuid4()), f"/imagine a fox --count 4 --model {MODEL}")
        await calls(api, 3)  # one picture came, two calls wait for their answer, a fourth for its turn
        await killed(server.process)
    async with serving(data, **settings) as again, again.page() as page:
        result = await heard(page, "show")
        assert len(result["body"]["pictures"]) == 2
        assert result["body"]["lines"][1] == (
            "2 of 4 did not work, and were not charged. The connection broke while the model was drawing, so nobody "
            "knows whether a picture was made. Try again if you like."
        )
        assert "🔁 Retry 2 ($0.112)" in [button["label"] for row in result["body"]["buttons"] for button in row]
        await ask(page, str(uuid4()), "/admin stats")
        told = "\n".join((await heard(page, "say"))["body"]["lines"])
        assert told.count("Outcome unknown: gpt-image-2.5-flare at openai") == 2
    assert api.posts == 4
    await booked(data)


async def booked(data: Path) -> None:
    """What is known was paid by the person, what is not by the operator, and nothing is held back."""
    database = Database(sqlite_url(data))
    try:
        found = await books(database)
        async with database.read() as tx:
            ends = {tuple(row) for row in await tx.execute(select(images.c.status, attempts.c.outcome).join(attempts))}
            [price] = await tx.scalars(select(attempts.c.price).distinct())
            account = await tx.scalar(select(ledger.c.account).where(ledger.c.kind == "operator_cost").distinct())
    finally:
        await database.close()
    assert found.statuses == {"done": 2, "unknown": 2}
    assert ends == {("done", "done"), ("unknown", "unknown_outcome")}
    assert (found.reserved, found.operator_cost, account) == (0, 2 * price, "operator")
    assert 0 < found.commits <= 2 * price
