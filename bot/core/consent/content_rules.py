"""Content rules, and the cool-down after several refusals."""

from bot.core.chat.errors import UserError
from bot.core.runtime.context import Context
from prompts import rules
from storage.tables import drafts, images

WINDOW = 600_000
"""Milliseconds in which refusals are counted."""
MOST = 5
"""Refusals within the window that start the cool-down."""


async def check(context: Context, words: str) -> None:
    """Raise UserError while a pause lasts, and for words that break the content rules; nothing is reserved before."""
    async with context.services.database.read() as tx:
        refused = await images.refused_since(tx, context.user.id, context.now - WINDOW)
        refused += await drafts.count_since(tx, context.user.id, "refused", context.now - WINDOW)
    if refused >= MOST:
        raise UserError("pause-refusals", minutes=WINDOW // 60_000)
    await check_words(context, words)


async def check_words(context: Context, words: str, *, young: bool = False) -> None:
    """Raise UserError for words that break the content rules; `young` says that a child is on a photo."""
    if rule := rules.broken(words, young=young):
        async with context.services.database.write() as tx:
            await drafts.add(tx, context.owner, "refused", {"rule": rule}, (context.now, context.now + WINDOW))
        raise UserError(f"conduct-{rule}")
