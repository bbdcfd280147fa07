"""The bot at work on a loopback Telegram, faster than people are."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.fronts.common.rate_limiter import Rates
from bot.fronts.telegram.connection.timing import Timing
from bot.fronts.telegram.front import TelegramFront
from bot.settings import TelegramSettings
from providers.scripted import Scripted
from tests.harness.bots import Bot, started
from tests.servers.telegram import TelegramServer, settings_of, telegram
from tests.servers.telegram_people import Group, Human

FAST = Timing(
    rates=Rates(spacing=0.0, per_minute=10_000, per_second=10_000),
    tick=0.05,
    breath=1.0,
    album=0.1,
    prompt=1.0,
    retry=0.05,
)


@dataclass
class Talk:
    """A bot, its front, and the Telegram they talk on."""

    bot: Bot
    front: TelegramFront
    server: TelegramServer

    @property
    def scripted(self) -> Scripted:
        return self.bot.scripted

    def person(self, name: str = "Ada", language: str = "en", *, met: bool = True) -> Human:
        return self.server.person(name, language, met=met)

    def group(
        self, title: str = "Team", *, type: str = "supergroup", forum: bool = False, bot: str = "member"
    ) -> Group:
        return self.server.group(title, type=type, forum=forum, bot=bot)


class Before:
    """Stands before the core, and is the core but for what it does itself."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def __getattr__(self, name: str) -> Any:
        return getattr(self.app, name)


@asynccontextmanager
async def talking(
    folder: Path, server: TelegramServer | None = None, timing: Timing = FAST, **settings: str
) -> AsyncIterator[Talk]:
    """A bot in a folder on a Telegram of its own, or on one that was there before."""
    if server is None:
        async with telegram() as new, talking(folder, new, timing, **settings) as talk:
            yield talk
        return
    async with started(folder, **settings) as bot, fronted(bot, server, timing, **settings) as front:
        yield Talk(bot, front, server)


@asynccontextmanager
async def fronted(
    bot: Bot, server: TelegramServer, timing: Timing, app: Any = None, **settings: str
) -> AsyncIterator[TelegramFront]:
    """The Telegram front of a running bot, over its core or over something that stands before it."""
    parsed = TelegramSettings.read({**settings_of(server), **settings})
    front = TelegramFront(app or bot.running.app, bot.running.state.facts, parsed, timing)
    bot.running.fronts[front.platform] = front
    running = asyncio.create_task(front.run())
    ready = asyncio.create_task(front.ready.wait())
    await asyncio.wait([running, ready], return_when=asyncio.FIRST_COMPLETED)
    ready.cancel()
    if running.done():
        await running
    try:
        yield front
    finally:
        running.cancel()
        await asyncio.wait([running])
        if not running.cancelled() and (failure := running.exception()):
            raise failure
