"""/gallery stats and web: counts of a person's pictures by verdict and persona, and the web gallery's address."""

from bot.core.chat.errors import UserError
from bot.core.chat.messages import Say, say
from bot.core.runtime.context import Context
from storage.queries import statistics

SHOWN = 10


async def web(context: Context) -> None:
    """/gallery web: where the web chat shows everything large. Raises UserError where others cannot reach it."""
    address = context.services.policy.web
    if address is None:
        raise UserError("gallery-web-none")
    await context.say(Say(lines=(say("gallery-web", address=address),), private=True))


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
