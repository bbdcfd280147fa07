"""Find the person a command names, by their platform's id or by their name in this place."""

from bot.core.chat.errors import UserError
from bot.core.runtime.context import Context
from storage.tables import people
from storage.tables.people import User


async def person(context: Context, who: str) -> User:
    """Somebody by "platform:id" or by name; raises UserError for nobody and for several of that name."""
    named = who.strip()
    platform, colon, id_ = named.partition(":")
    async with context.services.database.read() as tx:
        known = await people.find(tx, platform.casefold(), id_) if colon else None
        met = (known,) if known else await people.met_as(tx, context.workspace.id, named.lstrip("@"))
    if len(met) != 1:
        raise UserError("person-unknown", given=named[:60])
    return met[0]
