"""Work in order: an event of one person in one chat waits until their earlier ones are handled."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable

import structlog

from bot.fronts.common.background_tasks import BackgroundTasks

log = structlog.get_logger(__name__)


class SerialQueues:
    """Runs jobs of different queues at once, and those of one queue one after the other."""

    def __init__(self, tasks: BackgroundTasks) -> None:
        self._tasks = tasks
        self._last: dict[Hashable, asyncio.Task[None]] = {}

    def put(self, queue: Hashable, job: Callable[[], Awaitable[None]]) -> "asyncio.Task[None]":
        """Run a job once the earlier ones of its queue have ended; its errors go to the log."""
        task = self._tasks.spawn(_run(self._last.get(queue), job))
        self._last[queue] = task
        task.add_done_callback(lambda done: self._done(queue, done))
        return task

    def _done(self, queue: Hashable, task: "asyncio.Task[None]") -> None:
        if self._last.get(queue) is task:
            del self._last[queue]


async def _run(before: "asyncio.Task[None] | None", job: Callable[[], Awaitable[None]]) -> None:
    if before is not None:
        await asyncio.wait([before])
    try:
        await job()
    except Exception:
        log.exception("event not handled")
