"""Tasks that nobody awaits: owned, so that none is collected while it runs, and their errors logged."""

import asyncio
from collections.abc import Coroutine
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
