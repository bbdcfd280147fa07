"""Edit every message that shows a result to its current state."""

import structlog

from bot.core.chat.messages import MessageRef
from bot.core.results.posting import post
from bot.core.results.result_message import page_of, result_of
from bot.core.results.summary import load
from bot.core.runtime.context import Services
from storage.tables import posted_messages
from storage.tables.enums import Purpose

log = structlog.get_logger()


async def refresh(services: Services, generation: str, image: str | None = None, *, page: int | None = None) -> None:
    """Edit every message that shows a generation's result, at `page` or the page of `image`."""
    finished = await load(services, generation)
    if finished is None:
        return
    async with services.database.read() as tx:
        posted = await posted_messages.of_generation(tx, generation)
    if page is None:
        page = page_of(finished, image) if image else 0
    for message in posted:
        if message.purpose == Purpose.RESULT and message.platform in services.fronts:
            ref = MessageRef(message.platform, message.chat, message.message)
            try:
                await post(services, finished, result_of(finished, page), ref)
            except Exception:  # the decision is stored; the next edit shows it
                log.exception("result not refreshed", generation=generation, platform=message.platform)
