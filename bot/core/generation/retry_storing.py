"""Storing what is paid for as often as it takes: a disk that is full or a server that is away may come back."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from storage.db.errors import StorageError

FIRST, LONGEST = 0.5, 60.0
"""Seconds between two tries: twice as long each time, up to the longest."""
T = TypeVar("T")
log = structlog.get_logger()


async def until_stored(work: Callable[[], Awaitable[T]]) -> T:
    """Do the work, which may be repeated, until the storage takes it; what is to be stored waits in memory."""
    pause = FIRST
    while True:
        try:
            return await work()
        except StorageError as exc:
            log.warning("picture not stored yet", code=exc.code, detail=str(exc), pause=pause)
        await asyncio.sleep(pause)
        pause = min(LONGEST, 2 * pause)
