"""Wake the engine's queue threads when work is enqueued or a place on a queue becomes free.

DBOS 3.4 dispatches by polling alone: each queue has a thread that waits for its interval on the engine's stop event
and then asks the database. Here the threads get an event whose wait also ends when their queue is woken, so that work
begins at once and an idle queue can be polled rarely. Polling stays as the net for what other processes enqueue.
"""

import threading
from typing import Any

from dbos import _dbos, _queue

MANAGER = ""
"""Key of the thread that starts a thread for every registered queue."""
SOON = 0.1
"""Seconds until the next poll after a wake-up: a place counts as free only once the engine has stored the outcome of
the work that woke us. Each further poll comes `LATER` times as late, up to the queue's interval."""
LATER = 3.0


class QueueWakeups:
    """Which queues were woken, and how soon each is polled again; its threads wait on the engine's stop event."""

    def __init__(self) -> None:
        self._stop: threading.Event | None = None
        self._lock = threading.Lock()
        self._woken: set[str] = set()
        self._pauses: dict[str, float] = {}

    def install(self) -> None:
        """Give the threads of the next launch our event; replaces that of an earlier engine in this process."""

        def manage(stop: threading.Event, dbos: Any) -> None:
            _MANAGE(_WakingEvent(self, stop, MANAGER), dbos)  # type: ignore[arg-type]  # it has what is called

        def work(stop: "_WakingEvent", dbos: Any, queue: Any) -> None:
            _WORK(_WakingEvent(self, stop.stop, queue.name), dbos, queue)  # type: ignore[arg-type]  # likewise

        _dbos.queue_thread = manage  # type: ignore[assignment, attr-defined]
        _queue.queue_worker_thread = work  # type: ignore[assignment]  # only `manage` starts it

    def wake(self, *queues: str) -> None:
        """End the waits of these queues' threads; from any thread. Threads that start later do not wait at first."""
        with self._lock:
            self._pauses.update(dict.fromkeys(queues, SOON))
            self._woken.update(queues)
        if self._stop:
            with (changed := _condition(self._stop)):
                changed.notify_all()

    def wait(self, stop: threading.Event, queue: str, seconds: float) -> bool:
        """Block until the engine stops, the queue is woken or the time is over; whether the engine stops."""
        self._stop = stop
        pause = min(seconds, self._pauses.get(queue, seconds))
        with (changed := _condition(stop)):
            changed.wait_for(lambda: stop.is_set() or queue in self._woken, pause)
        with self._lock:
            if queue not in self._woken:
                self._pauses[queue] = pause * LATER
            self._woken.discard(queue)
        return stop.is_set()


class _WakingEvent:
    """What a queue's thread sees as the engine's stop event."""

    def __init__(self, wakeups: QueueWakeups, stop: threading.Event, queue: str) -> None:
        self.stop = stop
        self._wakeups = wakeups
        self._queue = queue

    def is_set(self) -> bool:
        return self.stop.is_set()

    def wait(self, timeout: float) -> bool:
        return self._wakeups.wait(self.stop, self._queue, timeout)


def _condition(event: threading.Event) -> threading.Condition:
    """The condition that setting the event notifies, so that one wait ends for a stop and for a wake-up."""
    condition: threading.Condition = event._cond  # type: ignore[attr-defined]
    return condition


_MANAGE = _queue.queue_thread
_WORK = _queue.queue_worker_thread
