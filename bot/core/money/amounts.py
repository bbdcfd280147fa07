"""Parse amounts of money that people type."""

from decimal import Decimal, InvalidOperation

from bot.core.chat.errors import UserError

MOST = 1_000_000
"""Largest amount accepted, in dollars."""


def micro_of(typed: str) -> int:
    """Microdollars of "2.50", "$2.50" or "2,50"; raises UserError for anything else, below 0 or above a million."""
    try:
        amount = Decimal(typed.strip().strip("$ ").replace(",", "."))
    except InvalidOperation as exc:
        raise UserError("error-dollars", given=typed[:30]) from exc
    if not amount.is_finite() or not 0 <= amount <= MOST:
        raise UserError("error-dollars", given=typed[:30])
    return int(amount * 1_000_000)
