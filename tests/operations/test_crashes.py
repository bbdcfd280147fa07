"""An accepted request survives the process that took it: nothing is lost, nothing is done or charged twice."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import func, select

from storage.db.database import Database, sqlite_url
from storage.tables import attempts, generations, images, ledger, people
from storage.tables.owners import Account
from storage.tables.schema import attempts as attempt_table
from storage.tables.schema import images as image_table
from tests.operations.processes import LONGEST, Server, ask, heard, killed, serving

COUNT = 3
"""Pictures of one request: some are drawn, others wait when the process ends."""


async def stopped(server: Server) -> None:
    assert await server.stop() == 0


async def cut_off(server: Server) -> None:
    await killed(server.process)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of the database, which is new."""
    on_file = request.param == "sqlite"
    return sqlite_url(tmp_path / "data") if on_file else request.getfixturevalue("postgres").create()


@pytest.mark.parametrize("end", [stopped, cut_off])
async def test_an_image_under_way_is_delivered_after_the_next_start(
    tmp_path: Path, url: str, end: Callable[[Server], Coroutine[Any, Any, None]]
) -> None:
    data, photo = tmp_path / "data", landscape(tmp_path)
    event, words = str(uuid4()), f"/imagine oil --count {COUNT}"
    async with serving(data, DATABASE_URL=url) as server, server.page() as page:
        await ask(page, event, words, photo)
        progress = await heard(page, "progress")
        await begun(url)
        await end(server)
    async with serving(data, DATABASE_URL=url) as server, server.page() as page:
        result = await heard(page, "show")
        assert result["id"] == progress["id"]
        assert [picture["number"] for picture in result["body"]["pictures"]] == [1, 2, 3]
        await ask(page, event, words, photo)  # a platform delivers again what it thinks was lost
        assert await server.stop() == 0
        assert [line for line in server.log if line["level"] in ("error", "critical")] == []
    await drawn_and_settled_once(url, f"web:{event}")


async def begun(url: str) -> None:
    """Wait until a picture is being drawn, or was."""
    database = Database(url)
    async with asyncio.timeout(LONGEST):
        while not await attempted(database):  # noqa: ASYNC110  # another process writes it down
            await asyncio.sleep(0.01)
    await database.close()


async def attempted(database: Database) -> int:
    async with database.read() as tx:
        return await tx.scalar(select(func.count()).select_from(attempt_table)) or 0


def landscape(folder: Path) -> Path:
    """A photo with nobody on it: no question about consent stands in the way."""
    path = folder / "landscape.jpg"
    Image.radial_gradient("L").resize((800, 600)).convert("RGB").save(path, "JPEG")
    return path


async def drawn_and_settled_once(url: str, event: str) -> None:
    database = Database(url)
    try:
        async with database.read() as tx:
            generation = await generations.with_event(tx, event)
            assert generation
            assert generation.delivered_at
            slots = await images.of_generation(tx, generation.id)
            assert len((await tx.execute(select(image_table.c.id))).all()) == len(slots) == COUNT
            for slot in slots:
                made = await attempts.of_image(tx, slot.id)
                assert [attempt.outcome for attempt in made] == ["done"]
            user = await people.find(tx, "local", "operator")
            assert user
            usage = await ledger.usage(tx, Account.user(user.id), "image")
            assert (usage.reserved, usage.spent) == (0, COUNT)
    finally:
        await database.close()
