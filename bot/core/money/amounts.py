"""Amounts of money as people type them."""

from decimal import Decimal, InvalidOperation

from bot.core.chat.errors import Sorry

MOST = 1_000_000
"""Dollars nobody needs more of."""


def micro_of(typed: str) -> int:
    """Microdollars of "2.50", "$2.50" or "2,50"; raises Sorry for anything else, below 0 or above a million."""
    try:
        amount = Decimal(typed.strip().strip("$ ").replace(",", "."))
    except InvalidOperation as exc:
        raise Sorry("error-dollars", given=typed[:30]) from exc
    if not amount.is_finite() or not 0 <= amount <= MOST:
        raise Sorry("error-dollars", given=typed[:30])
    return int(amount * 1_000_000)
