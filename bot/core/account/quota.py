"""/quota: usage and what is left of the limits."""

from bot.core.chat.messages import Dollars, Say, Text, say
from bot.core.models import choosing
from bot.core.money.limits import day_start, month_start
from bot.core.money.token_quota import Tokens, tokens_of
from bot.core.runtime.context import Context
from storage.tables import ledger
from storage.tables.enums import Unit
from storage.tables.owners import Account


async def quota(context: Context) -> None:
    """Today, this month, reserved, all time, and what is left."""
    account, limits = Account.user(context.user.id), context.own_limits
    async with context.services.database.read() as tx:
        day = await ledger.usage(tx, account, Unit.IMAGE, day_start(context.now))
        month = await ledger.usage(tx, account, Unit.MICRODOLLAR, month_start(context.now))
        ever = await ledger.usage(tx, account, Unit.IMAGE)
        spent = await ledger.usage(tx, account, Unit.MICRODOLLAR)
        images_day = limits.images_day + await ledger.granted(tx, account, Unit.IMAGE, day_start(context.now))
        tokens = await tokens_of(tx, context.user.id)
        more = await ledger.granted(tx, account, Unit.MICRODOLLAR, month_start(context.now))
    micro_month = limits.micro_month + more
    lines: list[Text] = [
        say("quota-day", used=day.used, limit=images_day, left=max(0, images_day - day.used)),
        say(
            "quota-month",
            used=Dollars(month.used),
            limit=Dollars(micro_month),
            left=Dollars(max(0, micro_month - month.used)),
        ),
    ]
    if day.reserved or month.reserved:
        lines.append(say("quota-reserved", images=day.reserved, amount=Dollars(month.reserved)))
    lines.append(say("quota-ever", images=ever.spent, amount=Dollars(spent.spent)))
    lines += _left(context, max(0, images_day - day.used), max(0, micro_month - month.used))
    lines += _tokens(tokens)
    await context.say(Say(lines=tuple(lines), private=True))


def _left(context: Context, images: int, micro: int) -> list[Text]:
    """What is left as pictures of the model they would get: as many as the day and the month both allow."""
    model = choosing.choose(context, None)
    price = model.usual_price
    return [say("quota-pictures", count=min(images, micro // price) if price else images, model=model.name)]


def _tokens(tokens: Tokens) -> list[Text]:
    if not tokens.used and tokens.limit is None:
        return []
    return [say("quota-tokens", used=tokens.used, limit=tokens.limit or 0, set="yes" if tokens.limit else "no")]
