"""Albums that people send: Telegram tells of each photo alone, and of no last one."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from telegram import Message

from bot.fronts.common.background_tasks import SerialQueues

MOST = 10
"""Photos of one album (Bot API: sendMediaGroup)."""


@dataclass(slots=True)
class _Album:
    messages: list[Message] = field(default_factory=list)
    more: asyncio.Event = field(default_factory=asyncio.Event)
    task: "asyncio.Task[None] | None" = None


class Albums:
    """Gathers the photos of an album until no other comes for a while."""

    def __init__(self, queues: SerialQueues, take: Callable[..., Awaitable[None]], quiet: float) -> None:
        self._queues = queues
        self._take = take
        self._quiet = quiet
        self._open: dict[str, _Album] = {}

    def add(self, queue: tuple[int, int], message: Message) -> "asyncio.Task[None]":
        """Take one photo; the task ends when its whole album has been dealt with."""
        id_ = str(message.media_group_id)
        album = self._open.get(id_)
        if album is None or album.task is None:
            album = self._open[id_] = _Album()
            album.task = self._queues.put(queue, lambda: self._gather(id_, album))
        if all(one.message_id != message.message_id for one in album.messages):
            album.messages.append(message)
            album.more.set()
        return album.task

    async def _gather(self, id_: str, album: _Album) -> None:
        with suppress(TimeoutError):
            while len(album.messages) < MOST:
                album.more.clear()
                await asyncio.wait_for(album.more.wait(), self._quiet)
        del self._open[id_]
        messages = sorted(album.messages, key=lambda one: one.message_id)
        await self._take(messages, f"album:{id_}")
