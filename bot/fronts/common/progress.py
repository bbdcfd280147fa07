"""Progress where a platform draws no bar and counts no time: a bar of characters, a typing sign, edits now and then."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.core.chat.messages import MessageRef
from bot.fronts.common.background_tasks import BackgroundTasks

_Message = TypeVar("_Message")


@dataclass(frozen=True, slots=True)
class PulseHooks(Generic[_Message]):
    """What the platform does for a progress message; none of these may raise."""

    sign: Callable[[_Message], Awaitable[None]]
    """Shows that something is on its way."""
    idle: Callable[[_Message], bool]
    """Whether an edit now makes nothing else wait."""
    edit: Callable[[MessageRef, _Message], Awaitable[None]]


@dataclass(slots=True)
class _Pulse(Generic[_Message]):
    message: _Message
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    over: bool = False


class ProgressPulse(Generic[_Message]):
    """The progress messages of this process: edited when they changed, and every `breath` seconds since time passes."""

    def __init__(self, hooks: PulseHooks[_Message], breath: float) -> None:
        self._hooks = hooks
        self._breath = breath
        self._pulses: dict[MessageRef, _Pulse[_Message]] = {}
        self._tasks = BackgroundTasks()

    def current(self, ref: MessageRef) -> _Message | None:
        """What a message shows or will show at its next edit; None for one that shows no progress."""
        pulse = self._pulses.get(ref)
        return pulse.message if pulse else None

    def begin(self, ref: MessageRef, message: _Message, every: float) -> None:
        """Keep a message alive, edited at most every so many seconds."""
        pulse = self._pulses[ref] = _Pulse(message)
        self._tasks.spawn(self._run(ref, pulse, every))

    def update(self, ref: MessageRef, message: _Message) -> None:
        """Show this at the next edit; earlier values that were not shown are left out."""
        self._pulses[ref].message = message
        self._pulses[ref].changed.set()

    def end(self, ref: MessageRef) -> None:
        if pulse := self._pulses.pop(ref, None):
            pulse.over = True

    async def stop(self) -> None:
        """Leave every message as it is."""
        await self._tasks.stop()

    async def _run(self, ref: MessageRef, pulse: _Pulse[_Message], every: float) -> None:
        quiet = 0.0
        while not pulse.over:
            await self._hooks.sign(pulse.message)
            await asyncio.sleep(every)
            quiet += every
            is_due = pulse.changed.is_set() or quiet >= self._breath
            if not pulse.over and is_due and self._hooks.idle(pulse.message):
                pulse.changed.clear()
                quiet = 0.0
                await self._hooks.edit(ref, pulse.message)


def bar(done: int, total: int, *, cells: int, full: str, empty: str) -> str:
    """`done` of `total` as a bar, one cell a picture up to `cells`."""
    cells = min(total, cells)
    filled = done * cells // max(1, total)
    return full * filled + empty * (cells - filled)
