"""Messages that a platform could not deliver: nothing is stored for them, so none is taken for another."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.core.chat.messages import MessageRef, Outgoing, Place, Progress, Upload
from storage.tables.schema import generations, messages
from tests.harness.bots import Bot, started
from tests.harness.room import Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Deaf:
    """The platform "test" where nothing can be delivered; `tried` counts the results it was to post."""

    platform = "test"

    def __init__(self) -> None:
        self.tried: asyncio.Queue[Outgoing] = asyncio.Queue()

    async def send(
        self, place: Place, outgoing: Outgoing, key: str, *, instead_of: MessageRef | None = None, to: str | None = None
    ) -> MessageRef | None:
        if not isinstance(outgoing, Progress):
            self.tried.put_nowait(outgoing)
        return None

    async def remove(self, ref: MessageRef) -> None:
        raise AssertionError(f"nothing was delivered, so nothing can be removed: {ref}")


@pytest_asyncio.fixture(loop_scope="module")
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    async with started(tmp_path) as running:
        yield running


async def test_two_results_that_cannot_be_delivered_do_not_overwrite_each_other(bot: Bot) -> None:
    front = Deaf()
    bot.running.fronts["test"] = front
    anna = Room(bot.running.app, bot.rooms).person("Anna")

    async def unheard(outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef | None:
        return None

    for words in ("a fox", "a hen"):
        upload = Upload(**anna.event(), text=f"/imagine {words} --model free")
        await bot.running.app.handle(upload, unheard)
    for _ in range(2):
        await front.tried.get()
    async with bot.running.database.read() as tx:
        assert list(await tx.scalars(select(messages.c.message_id))) == []
        assert len(list(await tx.scalars(select(generations.c.id)))) == 2
