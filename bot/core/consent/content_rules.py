"""Content rules, and the cool-down after several refusals."""

from bot.core.chat.errors import UserError
from bot.core.runtime.context import Context
from prompts import rules
from storage.db.database import Transaction
from storage.tables import images, strikes
from storage.tables.enums import StrikeKind

WINDOW = 600_000
"""Milliseconds in which refusals are counted."""
MOST = 5
"""Refusals within the window that start the cool-down."""


async def check(context: Context, words: str) -> None:
    """Raise UserError while a pause lasts, and for words that break the content rules; nothing is reserved before."""
    async with context.services.database.read() as tx:
        await check_pause(context, tx)
    await check_words(context, words)


async def check_pause(context: Context, tx: Transaction) -> None:
    """Raise UserError while a pause lasts."""
    refused = await images.refused_since(tx, context.user.id, context.now - WINDOW)
    refused += await strikes.count_since(tx, context.user.id, StrikeKind.REFUSED_WORDS, context.now - WINDOW)
    if refused >= MOST:
        raise UserError("pause-refusals", minutes=WINDOW // 60_000)


async def check_words(context: Context, words: str, *, young: bool = False) -> None:
    """Raise UserError for words that break the content rules; `young` says that a child is on a photo."""
    if rule := rules.broken(words, young=young):
        async with context.services.database.write() as tx:
            await strikes.add(tx, context.user.id, StrikeKind.REFUSED_WORDS, context.now, rule=rule)
        raise UserError(f"conduct-{rule}")
