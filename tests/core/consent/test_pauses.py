"""While a picture waits for its next try it can be stopped, and no other call is made."""

import asyncio
from pathlib import Path

from sqlalchemy import func, select

from bot.core.chat.messages import Progress, Say
from bot.core.runtime.retry_policy import RetryPolicy
from storage.tables.schema import attempts
from tests.harness.accounts import spent
from tests.harness.bots import Bot, started
from tests.harness.room import Person

SHORT = RetryPolicy(first=2.0)
"""The second try comes a second or two after the first: time to do something, and soon over."""


async def pausing(bot: Bot) -> Person:
    """Anna, whose picture waits for its second try."""
    anna = bot.room().person("Anna")
    await anna.say("/imagine [fail unavailable 1] a fox --model paid")
    query = select(func.count()).select_from(attempts).where(attempts.c.outcome == "unavailable")
    while True:
        async with bot.running.database.read() as tx:
            if await tx.scalar(query):
                return anna
        await asyncio.sleep(0.01)


async def test_what_is_stopped_in_a_pause_is_released_at_once_and_never_tried_again(tmp_path: Path) -> None:
    async with started(tmp_path, patience=SHORT) as bot:
        anna = await pausing(bot)
        assert isinstance(anna.room.last, Progress)
        assert await spent(bot, anna) == (40_000, 0), "what may still be drawn stays reserved"
        await anna.press("Cancel")
        await anna.room.quiet()
        assert await spent(bot, anna) == (0, 0)
        assert isinstance(anna.room.last, Say)
        assert "Cancelled. It was not charged." in anna.room.read()
    assert len(bot.scripted.journal) == 1, "the bot ends after the pause"


async def test_what_is_left_alone_goes_on_after_the_pause(tmp_path: Path) -> None:
    async with started(tmp_path, patience=SHORT) as bot:
        anna = await pausing(bot)
        await anna.room.quiet()
        assert len(anna.room.results) == 1
        assert await spent(bot, anna) == (0, 40_000)
        assert len(bot.scripted.journal) == 2
