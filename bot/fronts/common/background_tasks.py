"""Tasks that nobody awaits: owned so that none is lost, in order where it matters, their errors logged."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from typing import Any, TypeVar

import structlog

_Result = TypeVar("_Result")
log = structlog.get_logger(__name__)


class BackgroundTasks:
    """The running tasks of one owner."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def spawn(self, work: Coroutine[Any, Any, _Result]) -> "asyncio.Task[_Result]":
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    async def stop(self, seconds: float = 0.0) -> None:
        """Give the tasks some seconds to end, then cancel them."""
        tasks = list(self._tasks)
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.wait(tasks)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (exc := task.exception()):
            log.warning("background task failed", exc_info=exc)


class SerialQueues:
    """Runs jobs of different queues at once, and those of one queue one after the other.

    A queue holds the events of one person in one chat, so that each waits for their earlier ones.
    """

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
