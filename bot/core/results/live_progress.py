"""The current progress of a generation with its queue position and time estimate."""

from dataclasses import replace

from bot.core.chat.messages import Outgoing
from bot.core.results.progress import progress_of
from bot.core.results.queue_position import outlook_of
from bot.core.results.summary import ResultView, stand_in_lines
from bot.core.runtime.context import Services
from storage.db.database import Transaction
from storage.tables import attempts
from storage.tables.enums import Status


async def progress_now(services: Services, finished: ResultView) -> Outgoing:
    """Compose the progress message: queue position, estimate, mean progress of the running images."""
    async with services.database.read() as tx:
        outlook = await outlook_of(services, tx, finished.images)
        percent = await _percent(services, tx, finished)
    progress = progress_of(finished.generation, finished.images, replace(outlook, percent=percent))
    return replace(progress, lines=progress.lines + stand_in_lines(finished))


async def _percent(services: Services, tx: Transaction, finished: ResultView) -> int | None:
    """Mean progress of the running images in percent; None when no provider reports it."""
    telling = services.drawing.telling
    if not telling:
        return None
    running = [image for image in finished.images if image.status == Status.RUNNING]
    made = [calls[-1] for image in running if (calls := await attempts.of_image(tx, image.id))]
    told = [telling[one.provider].progress(one.external_id or "") for one in made if one.provider in telling]
    shares = [share for share in told if share is not None]
    return round(100 * sum(shares) / len(shares)) if shares else None
