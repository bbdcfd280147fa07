"""Waking those who wait for a generation when something about it changed in this process."""

import asyncio

MOST = 1000
"""Generations that are remembered; in a process that only draws nobody ever waits for them or forgets them."""


class Wakeups:
    """Events by generation; whoever works in another process is noticed by asking again after a while."""

    def __init__(self) -> None:
        self._events: dict[str, asyncio.Event] = {}

    def tell(self, generation: str) -> None:
        self._event(generation).set()

    async def wait(self, generation: str, seconds: float) -> None:
        """Return at the next change, or after `seconds`."""
        event = self._event(generation)
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            return
        event.clear()

    def forget(self, generation: str) -> None:
        self._events.pop(generation, None)

    def _event(self, generation: str) -> asyncio.Event:
        """The event of a generation, now the youngest; the oldest one makes room."""
        event = self._events.pop(generation) if generation in self._events else asyncio.Event()
        self._events[generation] = event
        if len(self._events) > MOST:
            del self._events[next(iter(self._events))]
        return event
