"""Heartbeats of a process that shares its database, sent from a thread so that a busy event loop does not delay them.

A process that misses heartbeats for STALE milliseconds is expired and its jobs are reassigned; it notices on its next
heartbeat.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Concatenate, ParamSpec, TypeVar

import structlog
from sqlalchemy import Connection, Engine

from storage.tables import heartbeats
from storage.tables.heartbeats import STALE, ProcessLease

INTERVAL = 2.0
"""Seconds between heartbeats."""
FRESH = STALE / 2000
"""Seconds after a heartbeat in which the lease cannot have expired: half of STALE, the other half is a margin."""
P = ParamSpec("P")
T = TypeVar("T")
log = structlog.get_logger()


class NameInUse(Exception):
    """Another live process has the same name, or is the one `run` of the database."""

    def __init__(self, rival: ProcessLease) -> None:
        super().__init__(rival.executor)
        self.rival = rival


class Heartbeat:
    """Renews the lease of this process; `stopped` is set when other processes have expired it."""

    def __init__(self, engine: Engine, lease: ProcessLease) -> None:
        self.lease = lease
        self.stopped = asyncio.Event()
        self._engine = engine
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="heartbeat-")  # the loop's own ends with the job engine
        self._renewed = asyncio.Event()
        self._end = threading.Event()
        self._thread: threading.Thread | None = None
        self._last = float("-inf")

    async def start(self) -> None:
        """Claim the lease; raises NameInUse. A silent rival is watched until it sends a heartbeat or expires."""
        known: int | None = None
        while rival := await self._asked(heartbeats.claim, self.lease):
            moment = await self._asked(heartbeats.seen, rival.id)
            if known is not None and moment is not None and moment != known:
                raise NameInUse(rival)
            known = moment
            await asyncio.sleep(INTERVAL / 4)
        self._last = _now()
        loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._beats, args=(loop,), name="heartbeat", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """Give the lease up, so that the name is free at once."""
        self._end.set()
        if self._thread:
            try:
                await self._asked(heartbeats.release, self.lease.id)
            except Exception:  # the others expire it in a while
                log.warning("lease not released", exc_info=True)
            self._thread = None
        self._pool.shutdown()

    async def confirm_lease(self) -> None:
        """Block until the lease is fresh. Never returns if another process has already taken over our jobs."""
        while _now() - self._last > FRESH:
            self._renewed.clear()
            await self._renewed.wait()

    async def living(self) -> tuple[ProcessLease, ...]:
        """Expire stale leases, then return the live ones."""
        await self._asked(heartbeats.expire)
        return await self._asked(heartbeats.living)

    async def _asked(self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **more: P.kwargs) -> T:
        """Run a query in one transaction, off the loop."""

        def asked() -> T:
            with self._engine.begin() as connection:
                return question(connection, *args, **more)

        return await asyncio.get_running_loop().run_in_executor(self._pool, asked)

    def _beats(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._end.wait(INTERVAL):
            begun = _now()
            try:
                with self._engine.begin() as connection:
                    alive = heartbeats.renew(connection, self.lease.id)
            except Exception:  # the database may come back
                log.warning("heartbeat failed", exc_info=True)
                continue
            if not self._end.is_set():
                self._last = begun if alive else self._last
                loop.call_soon_threadsafe((self._renewed if alive else self.stopped).set)
            if not alive:
                return


def _now() -> float:
    """Seconds of a clock that also runs while the process is stopped and, on Linux, while the machine sleeps."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
