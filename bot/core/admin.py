"""/admin: who may use the bot, how much, and whether it works. For operators alone."""

from collections.abc import Awaitable, Callable

from bot.core.amounts import micro_of
from bot.core.ask import cost
from bot.core.context import Context
from bot.core.errors import Sorry
from bot.core.limits import BOT, limits_of, month_start
from bot.core.messages import Dollars, Say, Text, say
from bot.core.options import Options
from storage import ledger, people, settings
from storage.errors import StorageError

HERE = "here"


async def allow(context: Context, options: Options) -> None:
    """/admin allow: let a person ("platform:id") or this place in. Raises Sorry."""
    scope = await _scope(context, options)
    async with context.parts.database.write() as tx:
        await settings.put(tx, scope, "allowed", True)
        await settings.put(tx, scope, "blocked", None)
    await _done(context, say("admin-allowed", who=options.text("who")))


async def block(context: Context, options: Options) -> None:
    """/admin block: shut a person or this place out. Raises Sorry."""
    scope = await _scope(context, options)
    if scope == f"user:{context.user.id}":
        raise Sorry("admin-not-yourself")
    async with context.parts.database.write() as tx:
        await settings.put(tx, scope, "blocked", True)
        await settings.put(tx, scope, "allowed", None)
    await _done(context, say("admin-blocked", who=options.text("who")))


async def limits(context: Context, options: Options) -> None:
    """/admin limits: change, or without numbers show, the limits of a person or this place. Raises Sorry."""
    scope = await _scope(context, options)
    changes: dict[str, int] = {}
    if "images" in options.wholes:
        changes["limit-images-day"] = options.wholes["images"]
    if "requests" in options.wholes and scope.startswith("workspace:"):
        raise Sorry("admin-requests")
    if "requests" in options.wholes:
        changes["limit-requests-minute"] = options.wholes["requests"]
    if "dollars" in options.texts:
        changes["limit-micro-month"] = micro_of(options.text("dollars"))
    async with context.parts.database.write() as tx:
        for key, value in changes.items():
            await settings.put(tx, scope, key, value)
        found = limits_of(scope, (await settings.of(tx, [scope]))[scope])
    await _done(
        context,
        say(
            "admin-limits",
            who=options.text("who"),
            images=found.images_day,
            dollars=Dollars(found.micro_month),
            requests=found.requests_minute,
        ),
    )


async def models(context: Context, options: Options) -> None:
    """/admin models: what can draw, at which price."""
    _require(context)
    lines = [
        say("admin-model", name=model.name, id=model.id, price=cost(model.price("1K")), day=model.as_of)
        for model in context.parts.drawing.models
    ]
    await _done(context, *lines)


async def health(context: Context, options: Options) -> None:
    """/admin health: whether the database and the blobs answer, and what the month cost."""
    _require(context)
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
    async with context.parts.database.read() as tx:
        month = await ledger.usage(tx, BOT, "microdollar", month_start(context.now))
        borne = await ledger.borne(tx, month_start(context.now))
    spent = Dollars(month.spent)
    lines.append(say("admin-spent", spent=spent, limit=Dollars(context.parts.policy.spend_month), borne=Dollars(borne)))
    await _done(context, *lines)


def _require(context: Context) -> None:
    if not context.operates:
        raise Sorry("admin-only")


async def _scope(context: Context, options: Options) -> str:
    """Whose settings a command means; raises Sorry for nobody and for those who are no operator."""
    _require(context)
    who = options.text("who").strip()
    if who == HERE:
        return f"workspace:{context.workspace.id}"
    platform, _, id_ = who.partition(":")
    if not platform or not id_:
        raise Sorry("admin-who", given=who[:60])
    async with context.parts.database.write() as tx:
        known = await people.find(tx, platform.casefold(), id_)
        user = known or await people.find_or_add(tx, platform.casefold(), id_, id_, context.now)
    return f"user:{user.id}"


async def _done(context: Context, *lines: Text) -> None:
    await context.say(Say(lines=lines, private=True))
