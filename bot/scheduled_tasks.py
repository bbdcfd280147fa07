"""Tasks that the job engine runs by the clock."""

from collections.abc import Mapping

from bot.core.curation.vote_closing import close_overdue
from bot.core.runtime.context import Services
from bot.core.upkeep.delete_expired import sweep
from bot.core.upkeep.delete_old import tidy
from bot.core.upkeep.recover import mend
from bot.jobs.settings import ScheduledTask


def scheduled_tasks(services: Services) -> Mapping[str, ScheduledTask]:
    """Return the tasks by name; the engine stores the names."""

    async def swept() -> None:
        await sweep(services)
        await close_overdue(services)

    return {
        "sweep": ScheduledTask("*/10 * * * *", swept),
        "mend": ScheduledTask("* * * * *", lambda: mend(services)),
        "tidy": ScheduledTask("7 * * * *", lambda: tidy(services)),
    }
