"""Edits of our messages: one at a time for each message, the newest wins, and progress is edited now and then only."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias
from weakref import WeakValueDictionary

from bot.core.chat.messages import MessageRef
from bot.fronts.common.background_tasks import BackgroundTasks

Change: TypeAlias = Callable[[], Awaitable[MessageRef | None]]
"""Edits a message and returns where it stands from now on, None where it could not be delivered."""


class MessageEdits:
    """Serializes edits by message; an edit that a newer one overtakes while it waits is left out."""

    def __init__(self) -> None:
        self.tasks = BackgroundTasks()
        self._locks: WeakValueDictionary[MessageRef, asyncio.Lock] = WeakValueDictionary()
        self._newest: dict[MessageRef, Change] = {}
        self._timers: dict[MessageRef, asyncio.TimerHandle] = {}

    def lock(self, ref: MessageRef) -> asyncio.Lock:
        """Held while a message is being edited."""
        return self._locks.setdefault(ref, asyncio.Lock())

    async def edit(self, ref: MessageRef, change: Change) -> MessageRef | None:
        """Run `change` once earlier edits of the message have ended; `ref` itself when a newer edit came meanwhile."""
        self.drop(ref)
        self._newest[ref] = change
        async with self.lock(ref):
            if self._newest.get(ref) is not change:
                return ref
            try:
                return await change()
            finally:
                if self._newest.get(ref) is change:
                    del self._newest[ref]

    def put_off(self, ref: MessageRef, seconds: float, change: Change) -> None:
        """Run `change` in some seconds, unless the message is edited or dropped before."""
        self.drop(ref)

        def due() -> None:
            self._timers.pop(ref, None)
            self.tasks.spawn(self.edit(ref, change))

        self._timers[ref] = asyncio.get_running_loop().call_later(seconds, due)

    def drop(self, ref: MessageRef) -> None:
        """Forget an edit that was put off."""
        if timer := self._timers.pop(ref, None):
            timer.cancel()
