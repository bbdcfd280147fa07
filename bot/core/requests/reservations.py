"""Reserving money for pictures inside the transaction that asks for them."""

from collections.abc import Sequence

from bot.core.generation.settlement import Painting
from bot.core.money import limits
from bot.core.money.limits import BOT, Wish
from bot.core.runtime.context import Context, Parts
from storage.db.database import Transaction
from storage.tables import ledger, settings
from storage.tables.images import Image
from storage.tables.ledger import Reservation


async def reserve(context: Context, tx: Transaction, slots: Sequence[Image], price: int, turn: int = 0) -> None:
    """Reserve `price` microdollars and one picture for each image on every account it counts on.

    `turn` tells reservations of the same image apart. Raises Sorry when a limit would be broken.
    """
    wish = Wish(
        user=context.user.id,
        accounts=context.accounts,
        member=context.member,
        images=len(slots),
        micro=len(slots) * price,
        spend_month=context.parts.policy.spend_month,
        now=context.now,
    )
    await limits.check(tx, wish)
    accounts = (*(account for account, _ in context.accounts), BOT)
    amounts = (("image", 1), ("microdollar", price)) if price else (("image", 1),)
    await ledger.reserve(tx, [Reservation(slot.id, accounts, amounts, turn) for slot in slots], context.now)


async def raise_to(parts: Parts, tx: Transaction, painting: Painting, price: int) -> None:
    """Reserve what is missing of `price` microdollars for an image whose money is reserved already.

    Raises Sorry when a limit would be broken.
    """
    image, generation = painting.image, painting.generation
    missing = price - await ledger.held(tx, image.id, "microdollar")
    if missing <= 0:
        return
    scopes = (f"user:{generation.user}", f"workspace:{generation.workspace}")
    found = await settings.of(tx, list(scopes))
    group = generation.workspace if generation.audience == "group" else None
    accounts = limits.accounts_of(generation.user, group, *(found[scope] for scope in scopes))
    wish = Wish(
        user=generation.user, accounts=accounts, images=0, micro=missing, spend_month=parts.policy.spend_month,
        member=limits.member_of(generation.user, group, found[scopes[1]]),
        now=parts.now(),
    )  # fmt: skip
    await limits.check_money(tx, wish)
    turn = await ledger.next_turn(tx, image.id)
    names = (*(account for account, _ in accounts), BOT)
    await ledger.reserve(tx, [Reservation(image.id, names, (("microdollar", missing),), turn)], parts.now())
