"""Saying that an accepted request is being made. What fails here must not look like a failed request."""

from collections.abc import Sequence

import structlog

from bot.core.context import Context
from bot.core.progress import Outlook, progress_of
from bot.core.refreshing import refresh
from storage import generations, messages
from storage.generations import Generation
from storage.images import Image
from storage.messages import Posted

log = structlog.get_logger()


async def announce(context: Context, generation: Generation, slots: Sequence[Image]) -> None:
    """Show the progress of a request whose acceptance is committed, and remember the message.

    An error is logged alone: the work goes on, and the result is posted without a progress message.
    """
    try:
        ref = await context.speak(progress_of(generation, slots, Outlook()))
        posted = Posted(ref.platform, ref.chat, ref.id, generation.id, "progress")
        async with context.parts.database.write() as tx:
            now = await generations.get(tx, generation.id)
            late = now is not None and now.delivered_at is not None
            row = Posted(posted.platform, posted.chat, posted.message, generation.id, "result") if late else posted
            await messages.put(tx, row, context.now)
        if late:  # the pictures were faster than the chat: let this message show them, too
            await refresh(context.parts, generation.id)
    except Exception:
        log.exception("progress not shown", generation=generation.id)
    context.parts.changes.tell(generation.id)
