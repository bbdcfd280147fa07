"""The results whose reactions are read again after the bot was offline."""

from bot.core.chat.messages import MessageRef
from bot.core.runtime.context import Services
from storage.tables import posted_messages

DAYS = 7
"""How many results are checked for missed reactions; older ones are not."""


async def open_messages(services: Services, platform: str) -> tuple[MessageRef, ...]:
    """The newest results on a platform, newest first."""
    async with services.database.read() as tx:
        posted = await posted_messages.results_since(tx, platform, services.now() - DAYS * 86_400_000)
    return tuple(MessageRef(one.platform, one.chat, one.message) for one in posted)
