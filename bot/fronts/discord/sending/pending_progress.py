"""Messages whose result is still to come, kept over a restart.

Discord does not say what a message was for, and of a message that only one person sees it says nothing at all.
"""

import time
from typing import Protocol

import structlog

from bot.core.chat.messages import MessageRef
from bot.core.front_state.transcript import Entry
from bot.fronts.discord.places import PLATFORM

_log = structlog.get_logger(__name__)


class Memory(Protocol):
    """What is kept by chat and id."""

    async def append(self, entry: Entry) -> None: ...
    async def get(self, chat: str, id: str) -> Entry | None: ...
    async def remove(self, chat: str, id: str) -> None: ...


class Waiting:
    """Knows the messages that show progress, by nothing but where they stand.

    What cannot be written down is only logged: the message stands, and is known as long as this process lives.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def begin(self, message: MessageRef) -> None:
        """A message shows progress from now on."""
        entry = Entry(message.chat, message.id, PLATFORM, "", {"type": "going"}, None, int(time.time() * 1000))
        try:
            await self._memory.append(entry)
        except Exception:
            _log.exception("progress not noted")

    async def known(self, message: MessageRef) -> bool:
        """Whether a message showed progress when it was last changed."""
        return await self._memory.get(message.chat, message.id) is not None

    async def end(self, message: MessageRef) -> None:
        """Its result has come, or never will."""
        try:
            await self._memory.remove(message.chat, message.id)
        except Exception:
            _log.exception("end of progress not noted")
