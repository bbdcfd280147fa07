"""Waking those who wait for a generation when something about it changed in this process."""

import asyncio
from collections import defaultdict


class Changes:
    """Events by generation; whoever works in another process is noticed by asking again after a while."""

    def __init__(self) -> None:
        self._events: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    def tell(self, generation: str) -> None:
        self._events[generation].set()

    async def wait(self, generation: str, seconds: float) -> None:
        """Return at the next change, or after `seconds`."""
        event = self._events[generation]
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            return
        event.clear()

    def forget(self, generation: str) -> None:
        self._events.pop(generation, None)
