"""Progress that is edited now and then, with a chat action, until something else takes its place."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.core.chat.messages import MessageRef
from bot.fronts.telegram.connection.rate_limiter import Pace, Timing
from bot.fronts.telegram.sending.outgoing import Post, Target

Edit = Callable[[Post, Target, MessageRef], Awaitable[object]]
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Ticker:
    post: Post
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    over: bool = False


class Progresses:
    """The progress messages of this process; `edit` shows one anew."""

    def __init__(self, bot: Bot, pace: Pace, tempo: Timing, edit: Edit) -> None:
        self._bot = bot
        self._pace = pace
        self._tempo = tempo
        self._edit = edit
        self._tickers: dict[MessageRef, _Ticker] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def follows(self, ref: MessageRef) -> bool:
        return ref in self._tickers

    def update(self, ref: MessageRef, post: Post) -> None:
        """Show this at the next edit; earlier values that were not shown are left out."""
        ticker = self._tickers[ref]
        if ticker.post.outgoing != post.outgoing:
            ticker.post = post
            ticker.changed.set()

    def begin(self, ref: MessageRef, post: Post, spot: Target) -> None:
        """Follow a message that shows progress."""
        self._tickers[ref] = _Ticker(post)
        task = asyncio.create_task(self._tick(ref, self._tickers[ref], spot))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def end(self, ref: MessageRef) -> None:
        if ticker := self._tickers.pop(ref, None):
            ticker.over = True
            ticker.changed.set()

    async def stop(self) -> None:
        """Leave every message as it is."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _tick(self, ref: MessageRef, ticker: _Ticker, spot: Target) -> None:
        pause = self._tempo.tick * (2 if spot.chat < 0 else 1)
        quiet = 0.0
        while not ticker.over:
            await self._act(spot)
            await asyncio.sleep(pause)
            quiet += pause
            news = ticker.changed.is_set()
            if ticker.over or not (news or quiet >= self._tempo.breath) or not self._pace.idle(spot.chat):
                continue
            ticker.changed.clear()
            quiet = 0.0
            try:
                await self._edit(ticker.post, spot, ref)
            except TelegramError as exc:
                log.info("progress not shown", reason=str(exc))

    async def _act(self, spot: Target) -> None:
        """Show that something is on its way; this is no message and takes no turn."""
        try:
            await self._bot.send_chat_action(spot.chat, ChatAction.UPLOAD_PHOTO, message_thread_id=spot.thread)
        except TelegramError:
            return
