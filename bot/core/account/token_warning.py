"""Warn a person once when most of their token quota is used."""

from bot.core.chat.messages import Say, say
from bot.core.money.token_quota import QUOTA, tokens_of
from bot.core.runtime.context import Context
from storage.tables import settings
from storage.tables.owners import Scope

WARNED = "token-warned"


async def warn(context: Context) -> None:
    """Say that the lifetime quota is nearly spent, once for each quota."""
    if QUOTA not in context.own:
        return
    async with context.services.database.read() as tx:
        tokens = await tokens_of(tx, context.user.id)
    if not tokens.nearly_spent or context.own.get(WARNED) == tokens.limit:
        return
    async with context.services.database.write() as tx:
        await settings.put(tx, Scope.user(context.user.id), WARNED, tokens.limit)
    line = say("tokens-nearly-spent", used=tokens.used, limit=tokens.limit or 0)
    await context.say(Say(lines=(line,), private=True))
