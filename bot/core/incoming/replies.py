"""Words in answer to one of our results."""

from bot.core.chat.front_rules import changes_run_at_once
from bot.core.chat.messages import MessageRef
from bot.core.curation.judge import VERBS, judge
from bot.core.incoming.reply_grammar import Keep, is_plain_edit, meaning
from bot.core.people import access
from bot.core.requests import variations
from bot.core.runtime.context import Context
from storage.tables import posted_messages
from storage.tables.enums import Purpose


async def about(context: Context, to: MessageRef, text: str) -> bool:
    """Act on a reply to pictures: keep by number, or change one; False when the message shows none.

    Of commands only a plain /edit is about them.

    In a private chat a change runs at once, in a group it is offered with its price. Raises UserError.
    """
    if text.startswith("/") and not is_plain_edit(text):
        return False
    async with context.services.database.read() as tx:
        posted = await posted_messages.find(tx, to.platform, to.chat, to.id)
    if posted is None or posted.purpose != Purpose.RESULT:
        return False
    _, slots = await access.generation(context, posted.generation)
    shown = {slot.number: slot for slot in slots if slot.visible}
    if not shown:
        return False
    meant = meaning(text, list(shown))
    if isinstance(meant, Keep):
        await judge(context, [shown[number].id for number in meant.numbers], VERBS["keep"])
    elif meant.number is None:
        await variations.ask_which(context, shown, meant.words)
    elif changes_run_at_once(context.place):
        await variations.change(context, shown[meant.number], meant.words)
    else:
        await variations.offer_change(context, shown[meant.number], meant.words)
    return True
