"""Reserving money for pictures inside the transaction that asks for them."""

from collections.abc import Sequence

from bot.core import limits
from bot.core.context import Context
from bot.core.limits import BOT, Wish
from storage import ledger
from storage.db import Transaction
from storage.images import Image
from storage.ledger import Reservation


async def reserve(context: Context, tx: Transaction, slots: Sequence[Image], price: int, turn: int = 0) -> None:
    """Reserve `price` microdollars and one picture for each image on every account it counts on.

    `turn` tells reservations of the same image apart. Raises Sorry when a limit would be broken.
    """
    wish = Wish(
        user=context.user.id,
        accounts=context.accounts,
        images=len(slots),
        micro=len(slots) * price,
        spend_month=context.parts.policy.spend_month,
        now=context.now,
    )
    await limits.check(tx, wish)
    accounts = (*(account for account, _ in context.accounts), BOT)
    amounts = (("image", 1), ("microdollar", price)) if price else (("image", 1),)
    await ledger.reserve(tx, [Reservation(slot.id, accounts, amounts, turn) for slot in slots], context.now)
