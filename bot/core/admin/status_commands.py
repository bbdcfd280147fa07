"""/admin models, health and stats: what can draw, whether everything works, and what the month came to."""

from collections.abc import Awaitable, Callable

from bot.core.admin import access_commands
from bot.core.chat.messages import Dollars, Text, say
from bot.core.money.limits import BOT, month_start
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import cost
from storage.db.errors import StorageError
from storage.queries import statistics
from storage.tables import ledger

SHOWN = 5
"""People and failures listed."""


async def models(context: Context) -> None:
    """/admin models: what can draw, at which price."""
    lines = [
        say(
            "admin-model",
            name=model.name,
            id=model.id,
            price=cost(model.usual_price),
            day=model.as_of,
        )
        for model in context.parts.drawing.models
    ]
    await access_commands.answer(context, *lines)


async def health(context: Context) -> None:
    """/admin health: whether the database and the blobs answer, and what the month cost."""
    looks: dict[str, Callable[[], Awaitable[None]]] = {
        "database": context.parts.database.check,
        "blobs": context.parts.blobs.check,
    }
    lines: list[Text] = []
    for part, look in looks.items():
        try:
            await look()
            lines.append(say("admin-works", part=part))
        except StorageError as exc:
            lines.append(say("admin-broken", part=part, reason=str(exc)[:200]))
    await access_commands.answer(context, *lines, await _spent(context))


async def stats(context: Context) -> None:
    """/admin stats: pictures, people and failures of this month, and the calls whose outcome nobody knows."""
    since = month_start(context.now)
    async with context.parts.database.read() as tx:
        ends = await statistics.ends(tx, since)
        people = await statistics.spenders(tx, since, limit=SHOWN)
        unknown = await statistics.unknown(tx, since, limit=SHOWN)
    lines = [say("stats-pictures", made=ends.get("done", 0), failed=sum(ends.values()) - ends.get("done", 0))]
    lines += [say("stats-person", name=one.name, pictures=one.pictures, spent=Dollars(one.spent)) for one in people]
    lines += [
        say("stats-unknown", model=one.model, provider=one.provider, id=one.external_id or one.id) for one in unknown
    ]
    await access_commands.answer(context, *lines, await _spent(context))


async def _spent(context: Context) -> Text:
    async with context.parts.database.read() as tx:
        month = await ledger.usage(tx, BOT, "microdollar", month_start(context.now))
        borne = await ledger.borne(tx, month_start(context.now))
    limit = Dollars(context.parts.policy.spend_month)
    return say("admin-spent", spent=Dollars(month.spent), limit=limit, borne=Dollars(borne))
