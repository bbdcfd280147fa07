"""/gallery stats: how many pictures a person has, what became of them, and which personas they show."""

from bot.core.chat.messages import Say, say
from bot.core.runtime.context import Context
from storage.queries import statistics

SHOWN = 10


async def stats(context: Context) -> None:
    """Counts of the person's own pictures."""
    async with context.services.database.read() as tx:
        shelf = await statistics.shelf(tx, context.user.id)
        known = await statistics.by_persona(tx, context.user.id, limit=SHOWN)
    if not shelf.total:
        await context.say(Say(lines=(say("gallery-empty"),), private=True))
        return
    head = say("gallery-stats", total=shelf.total, kept=shelf.kept, best=shelf.best, rejected=shelf.rejected)
    lines = [say("gallery-stats-persona", name=name, count=count) for name, count in known]
    await context.say(Say(lines=(head, *lines), private=True))
