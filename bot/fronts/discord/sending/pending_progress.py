"""Messages whose result is still to come, kept over a restart.

Discord does not say what a message was for, and of a message that only one person sees it says nothing at all.
"""

import structlog

from bot.core.chat.messages import MessageRef
from bot.core.front_state.front_facts import FactKey, FrontFacts
from bot.fronts.discord.places import PLATFORM

_log = structlog.get_logger(__name__)


class Waiting:
    """Knows the messages that show progress, by nothing but where they stand.

    What cannot be written down is only logged: the message stands, and is known as long as this process lives.
    """

    def __init__(self, facts: FrontFacts) -> None:
        self._facts = facts

    async def begin(self, message: MessageRef) -> None:
        """A message shows progress from now on."""
        try:
            await self._facts.put(_key(message), {"type": "going"})
        except Exception:
            _log.exception("progress not noted")

    async def known(self, message: MessageRef) -> bool:
        """Whether a message showed progress when it was last changed."""
        return await self._facts.get(_key(message)) is not None

    async def end(self, message: MessageRef) -> None:
        """Its result has come, or never will."""
        try:
            await self._facts.forget(_key(message))
        except Exception:
            _log.exception("end of progress not noted")


def _key(message: MessageRef) -> FactKey:
    return FactKey(PLATFORM, message.chat, message.id)
