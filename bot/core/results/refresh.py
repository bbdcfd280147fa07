"""Showing the present state of a result in the messages that show it."""

import structlog

from bot.core.chat.messages import MessageRef
from bot.core.results.posting import post
from bot.core.results.result_message import page_of, result_of
from bot.core.results.summary import load
from bot.core.runtime.context import Parts
from storage.tables import posted_messages

log = structlog.get_logger()


async def refresh(parts: Parts, generation: str, image: str | None = None, *, page: int | None = None) -> None:
    """Show the present state in every message that shows a generation's result, at a page or that of `image`."""
    finished = await load(parts, generation)
    if finished is None:
        return
    async with parts.database.read() as tx:
        posted = await posted_messages.of_generation(tx, generation)
    if page is None:
        page = page_of(finished, image) if image else 0
    for message in posted:
        if message.purpose == "result" and message.platform in parts.fronts:
            ref = MessageRef(message.platform, message.chat, message.message)
            try:
                await post(parts, finished.generation, result_of(finished, page), ref)
            except Exception:  # what was decided is stored; the message shows it at the next change
                log.exception("result not refreshed", generation=generation, platform=message.platform)
