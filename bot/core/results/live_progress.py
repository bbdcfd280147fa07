"""How far a generation is at this moment, with what may be expected of it."""

from dataclasses import replace

from bot.core.chat.messages import Outgoing
from bot.core.results.progress import progress_of
from bot.core.results.queue_position import outlook_of
from bot.core.results.summary import Finished, stand_in_lines
from bot.core.runtime.context import Parts
from storage.db.database import Transaction
from storage.tables import attempts


async def progress_now(parts: Parts, finished: Finished) -> Outgoing:
    """The progress message as it is now: place in the queue, estimate, share of the pictures under way."""
    async with parts.database.read() as tx:
        outlook = await outlook_of(parts, tx, finished.images)
        percent = await _percent(parts, tx, finished)
    progress = progress_of(finished.generation, finished.images, replace(outlook, percent=percent))
    return replace(progress, lines=progress.lines + stand_in_lines(finished))


async def _percent(parts: Parts, tx: Transaction, finished: Finished) -> int | None:
    """How far the pictures under way are on average; None when no provider tells."""
    telling = parts.drawing.telling
    if not telling:
        return None
    running = [image for image in finished.images if image.status == "running"]
    made = [calls[-1] for image in running if (calls := await attempts.of_image(tx, image.id))]
    told = [telling[one.provider].progress(one.external_id or "") for one in made if one.provider in telling]
    shares = [share for share in told if share is not None]
    return round(100 * sum(shares) / len(shares)) if shares else None
