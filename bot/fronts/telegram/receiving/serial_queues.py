"""Work that must happen in order: what one person does in one chat waits for what they did before."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from typing import Any, TypeVar

import structlog

_Result = TypeVar("_Result")
log = structlog.get_logger(__name__)


class Lanes:
    """Runs jobs of different lanes at once, and those of one lane one after the other."""

    def __init__(self) -> None:
        self._last: dict[Hashable, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    def put(self, lane: Hashable, job: Callable[[], Awaitable[None]]) -> "asyncio.Task[None]":
        """Run a job once those before it in its lane have ended; its errors go to the log."""
        task = asyncio.create_task(_run(self._last.get(lane), job))
        self._last[lane] = task
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._done(lane, done))
        return task

    def send(self, work: Coroutine[Any, Any, _Result]) -> "asyncio.Task[_Result]":
        """Begin something outside all lanes that is allowed to end when we are stopped."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def stop(self, seconds: float) -> None:
        """Give what runs some seconds to end, then cut it off; Telegram sends it again at the next start."""
        tasks = list(self._tasks)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.wait(tasks)

    def _done(self, lane: Hashable, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if self._last.get(lane) is task:
            del self._last[lane]


async def _run(before: "asyncio.Task[None] | None", job: Callable[[], Awaitable[None]]) -> None:
    if before is not None:
        await asyncio.wait([before])
    try:
        await job()
    except Exception:
        log.exception("update not handled")
