"""Messages whose result is still to come, kept over a restart.

Discord does not say what a message was for, and of a message that only one person sees it says nothing at all.
"""

import time
from typing import Protocol

from bot.core.messages import MessageRef, Place, Who
from bot.core.transcript import Entry
from bot.fronts.discord.places import PLATFORM


class Memory(Protocol):
    """What is kept by chat and id."""

    async def append(self, entry: Entry) -> None: ...
    async def get(self, chat: str, id: str) -> Entry | None: ...
    async def remove(self, chat: str, id: str) -> None: ...


class Waiting:
    """Knows the messages that show progress; who asked may have them forgotten with everything of theirs."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def begin(self, place: Place, message: MessageRef, who: Who | None) -> None:
        """A message shows progress from now on."""
        asked = who.id if who else None
        now = int(time.time() * 1000)
        await self._memory.append(Entry(place.chat, message.id, asked or PLATFORM, "", {"type": "going"}, asked, now))

    async def known(self, place: Place, message: MessageRef) -> bool:
        """Whether a message showed progress when it was last changed."""
        return await self._memory.get(place.chat, message.id) is not None

    async def end(self, place: Place, message: MessageRef) -> None:
        """Its result has come, or never will."""
        await self._memory.remove(place.chat, message.id)
