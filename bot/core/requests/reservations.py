"""Reserving money for pictures inside the transaction that asks for them."""

from collections.abc import Sequence

from bot.core.money import limits
from bot.core.money.limits import Wish
from bot.core.runtime.context import Context
from storage.db.database import Transaction
from storage.tables import ledger
from storage.tables.enums import Unit
from storage.tables.images import Image
from storage.tables.ledger import Reservation
from storage.tables.owners import BOT


async def reserve(context: Context, tx: Transaction, slots: Sequence[Image], price: int, turn: int = 0) -> None:
    """Reserve `price` microdollars and one picture for each image on every account it counts on.

    `turn` tells reservations of the same image apart. Raises UserError when a limit would be broken.
    """
    wish = Wish(
        user=context.user.id,
        accounts=context.accounts,
        member=context.member,
        images=len(slots),
        micro=len(slots) * price,
        spend_month=context.services.policy.spend_month,
        now=context.now,
    )
    await limits.check(tx, wish)
    accounts = (*context.accounts, BOT)
    amounts = {Unit.IMAGE: 1} | ({Unit.MICRODOLLAR: price} if price else {})
    await ledger.reserve(tx, [Reservation(slot.id, accounts, amounts, turn) for slot in slots], context.now)
