"""Showing that something was heard before it is worked on, for everybody who wrote at the same moment."""

import asyncio
from contextlib import suppress

HEAD_START = 0.15
"""Seconds for which work lets acknowledgements that are on their way go first."""


class Acknowledgements:
    """What is on its way to tell people that they were heard."""

    def __init__(self) -> None:
        self._going = 0
        self._none = asyncio.Event()

    def give(self, acknowledgement: "asyncio.Task[None]") -> None:
        """One more is on its way."""
        self._going += 1
        self._none.clear()
        acknowledgement.add_done_callback(self._done)

    async def given(self) -> None:
        """Wait until all that are on their way have arrived, but not for long."""
        if self._going:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._none.wait(), HEAD_START)

    def _done(self, _: "asyncio.Task[None]") -> None:
        self._going -= 1
        if not self._going:
            self._none.set()
