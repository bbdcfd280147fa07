"""Whether what every request needs can be used now: the database and the store of pictures."""

import asyncio
import time
from collections.abc import Awaitable
from typing import Literal, TypeAlias

import structlog

from storage.blobs.store import Blobs
from storage.db.database import Database
from storage.db.errors import StorageError

Trouble: TypeAlias = Literal["starting", "database", "pictures"]
FRESH = 2.0
"""Seconds that an answer is good for: whoever reaches the page may ask as often as they like."""
LONGEST = 5.0
"""Seconds after which a store that does not answer counts as away."""
log = structlog.get_logger()


class Readiness:
    """Looks at both stores when somebody asks, and not twice at once."""

    def __init__(self, database: Database, blobs: Blobs, fresh: float = FRESH) -> None:
        self._database = database
        self._blobs = blobs
        self._fresh = fresh
        self._looking = asyncio.Lock()
        self._looked = float("-inf")
        self._found: Trouble | None = None

    async def trouble(self) -> Trouble | None:
        """The store that cannot be used; None if both can."""
        async with self._looking:
            if time.monotonic() - self._looked > self._fresh:
                found = await self._look()
                if found != self._found:
                    log.warning("not ready" if found else "ready again", part=found)
                self._found, self._looked = found, time.monotonic()
            return self._found

    async def _look(self) -> Trouble | None:
        database, pictures = await asyncio.gather(_works(self._database.check()), _works(self._blobs.reachable()))
        if not database:
            return "database"
        return None if pictures else "pictures"


async def _works(look: Awaitable[None]) -> bool:
    try:
        async with asyncio.timeout(LONGEST):
            await look
    except (StorageError, TimeoutError):
        return False
    return True
