"""Which of our messages people may still be reacting to."""

from bot.core.chat.messages import MessageRef
from bot.core.runtime.context import Parts
from storage.tables import posted_messages

DAYS = 7
"""Reactions to older results that came while we were away are not looked for."""


async def open_messages(parts: Parts, platform: str) -> tuple[MessageRef, ...]:
    """The newest results on a platform, newest first."""
    async with parts.database.read() as tx:
        posted = await posted_messages.results_since(tx, platform, parts.now() - DAYS * 86_400_000)
    return tuple(MessageRef(one.platform, one.chat, one.message) for one in posted)
