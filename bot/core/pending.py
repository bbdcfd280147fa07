"""Questions and dialogues of a person that still wait for their answer."""

from bot.core.chat.errors import Sorry
from bot.core.runtime.context import Context
from storage.tables import drafts
from storage.tables.drafts import Draft


async def pending(context: Context, id_: str, kind: str) -> Draft:
    """A draft of this person that still waits; raises Sorry for somebody else's and for one that is over."""
    async with context.parts.database.read() as tx:
        draft = await drafts.get(tx, id_)
    if draft is None or draft.kind != kind or draft.user != context.user.id:
        raise Sorry("button-unknown")
    if draft.settled_at is not None or draft.expires_at <= context.now:
        raise Sorry("button-over")
    return draft
