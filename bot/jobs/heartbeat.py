"""The heart of a process that shares its database: it beats in a thread of its own, beside a busy loop.

Who was not heard of for too long is taken for dead and has lost its work to others. It learns so at its next beat.
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
"""Seconds between beats."""
SURE = STALE / 2000
"""Seconds after a beat in which nobody can have taken this process for dead, with as many to spare."""
P = ParamSpec("P")
T = TypeVar("T")
log = structlog.get_logger()


class NameInUse(Exception):
    """Another living process is in the way: one of the same name, or the one `run` of the database."""

    def __init__(self, rival: ProcessLease) -> None:
        super().__init__(rival.executor)
        self.rival = rival


class Heartbeat:
    """The beats of one life; `stopped` is set when others have taken it for dead."""

    def __init__(self, engine: Engine, life: ProcessLease) -> None:
        self.life = life
        self.stopped = asyncio.Event()
        self._engine = engine
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="heart-")  # the loop's own ends with the job engine
        self._beaten = asyncio.Event()
        self._end = threading.Event()
        self._thread: threading.Thread | None = None
        self._last = float("-inf")

    async def start(self) -> None:
        """Enter this life; raises NameInUse. A rival that is silent is watched until it moves or counts as dead."""
        known: int | None = None
        while rival := await self._asked(heartbeats.claim, self.life):
            moment = await self._asked(heartbeats.seen, rival.id)
            if known is not None and moment is not None and moment != known:
                raise NameInUse(rival)
            known = moment
            await asyncio.sleep(INTERVAL / 4)
        self._last = _now()
        loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._beats, args=(loop,), name="heart", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """End this life in order, so that its name is free at once."""
        self._end.set()
        if self._thread:
            try:
                await self._asked(heartbeats.leave, self.life.id)
            except Exception:  # the others bury it in a while
                log.warning("heartbeat not taken away", exc_info=True)
            self._thread = None
        self._pool.shutdown()

    async def sure(self) -> None:
        """Return once nobody can have taken this process for dead; never, if somebody did."""
        while _now() - self._last > SURE:
            self._beaten.clear()
            await self._beaten.wait()

    async def living(self) -> tuple[ProcessLease, ...]:
        """Everybody who lives, once the dead are buried."""
        await self._asked(heartbeats.bury)
        return await self._asked(heartbeats.living)

    async def _asked(self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **more: P.kwargs) -> T:
        """Ask the database in one transaction, off the loop."""

        def asked() -> T:
            with self._engine.begin() as connection:
                return question(connection, *args, **more)

        return await asyncio.get_running_loop().run_in_executor(self._pool, asked)

    def _beats(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._end.wait(INTERVAL):
            begun = _now()
            try:
                with self._engine.begin() as connection:
                    alive = heartbeats.beat(connection, self.life.id)
            except Exception:  # the database may come back
                log.warning("heartbeat failed", exc_info=True)
                continue
            if not self._end.is_set():
                self._last = begun if alive else self._last
                loop.call_soon_threadsafe((self._beaten if alive else self.stopped).set)
            if not alive:
                return


def _now() -> float:
    """Seconds of a clock that also counts while the process is stopped, and where there is one, the machine."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
