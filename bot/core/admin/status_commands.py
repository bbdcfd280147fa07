"""/admin models, health and stats: usable models, health checks, and the month's figures."""

from collections.abc import Awaitable, Callable

from bot.core.admin import access_commands
from bot.core.chat.messages import Dollars, Text, say
from bot.core.generation.operator_alarms import OPERATORS_OWN
from bot.core.generation.settlement import quoted
from bot.core.money.limits import month_start
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import cost
from storage.db.errors import StorageError
from storage.queries import statistics
from storage.tables import ledger
from storage.tables.enums import Status, Unit
from storage.tables.owners import BOT

SHOWN = 5
"""People and failures listed."""
RECENT = 7 * 86_400_000
"""Milliseconds for which a failure is shown when nothing was drawn after it."""


async def models(context: Context) -> None:
    """/admin models: the usable models and their prices."""
    lines = [
        say(
            "admin-model",
            name=model.name,
            id=model.id,
            price=cost(model.usual_price),
            day=model.as_of,
        )
        for model in context.services.drawing.models
    ]
    await access_commands.answer(context, *lines)


async def health(context: Context) -> None:
    """/admin health: whether database and blob store answer, which models fail, and the month's cost."""
    looks: dict[str, Callable[[], Awaitable[None]]] = {
        "database": context.services.database.check,
        "blobs": context.services.blobs.check,
    }
    lines: list[Text] = []
    for part, look in looks.items():
        try:
            await look()
            lines.append(say("admin-works", part=part))
        except StorageError as exc:
            lines.append(say("admin-broken", part=part, reason=str(exc)[:200]))
    await access_commands.answer(context, *lines, *await _troubles(context), await _spent(context))


async def stats(context: Context) -> None:
    """/admin stats: this month's pictures, people, failures, and calls with unknown outcome."""
    since = month_start(context.now)
    async with context.services.database.read() as tx:
        ends = await statistics.ends(tx, since)
        people = await statistics.spenders(tx, since, limit=SHOWN)
        unknown = await statistics.unknown(tx, since, limit=SHOWN)
    lines = [say("stats-pictures", made=ends.get(Status.DONE, 0), failed=sum(ends.values()) - ends.get(Status.DONE, 0))]
    lines += [say("stats-person", name=one.name, pictures=one.pictures, spent=Dollars(one.spent)) for one in people]
    lines += [
        say("stats-unknown", model=one.model, provider=one.provider, id=one.external_id or one.id) for one in unknown
    ]
    await access_commands.answer(context, *lines, await _spent(context))


async def _troubles(context: Context) -> list[Text]:
    """The models whose last failure is the operator's to mend, in the provider's own words."""
    async with context.services.database.read() as tx:
        found = await statistics.troubles(tx, OPERATORS_OWN, context.now - RECENT)
    return [
        say("admin-model-broken", provider=one.provider, model=one.model, reason=quoted(one.detail)) for one in found
    ]


async def _spent(context: Context) -> Text:
    async with context.services.database.read() as tx:
        month = await ledger.usage(tx, BOT, Unit.MICRODOLLAR, month_start(context.now))
        operator_cost = await ledger.operator_cost(tx, month_start(context.now))
    limit = Dollars(context.services.policy.spend_month)
    return say("admin-spent", spent=Dollars(month.spent), limit=limit, operator_cost=Dollars(operator_cost))
