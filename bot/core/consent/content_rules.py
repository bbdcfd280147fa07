"""The content rules, and the pause for people who keep running into them."""

from bot.core.chat.errors import Sorry
from bot.core.runtime.context import Context
from prompts import rules
from storage.tables import drafts, images

WINDOW = 600_000
"""Milliseconds in which refusals are counted."""
MOST = 5
"""Refusals within the window after which a person pauses."""


async def check(context: Context, words: str) -> None:
    """Raise Sorry while a pause lasts, and for words that break the content rules; nothing is reserved before."""
    async with context.parts.database.read() as tx:
        refused = await images.refused_since(tx, context.user.id, context.now - WINDOW)
        refused += await drafts.count_since(tx, context.user.id, "refused", context.now - WINDOW)
    if refused >= MOST:
        raise Sorry("pause-refusals", minutes=WINDOW // 60_000)
    await check_words(context, words)


async def check_words(context: Context, words: str, *, young: bool = False) -> None:
    """Raise Sorry for words that break the content rules; `young` says that a child is on a photo."""
    if rule := rules.broken(words, young=young):
        async with context.parts.database.write() as tx:
            await drafts.add(tx, context.owner, "refused", {"rule": rule}, (context.now, context.now + WINDOW))
        raise Sorry(f"conduct-{rule}")
