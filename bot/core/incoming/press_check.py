"""Whether a pressed button can stand on its message; clients can send any action for any message."""

from bot.core.chat.action_ids import Action
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Press
from bot.core.runtime.context import Context
from storage.tables import generations, images, posted_messages


async def check(context: Context, pressed: Press, action: Action) -> None:
    """Raise UserError unless the action stands on the message.

    A front says which actions a message offers, where its platform shows it. A message of ours about a generation
    offers only actions on that generation and its images, and "Earlier", which names the picture it was made from,
    whatever the front says.
    """
    if pressed.offered is not None and pressed.action not in pressed.offered:
        raise UserError("button-unknown")
    ref = pressed.message
    async with context.services.database.read() as tx:
        posted = await posted_messages.find(tx, ref.platform, ref.chat, ref.id)
        if posted is None or action.row == posted.generation:
            return
        image = await images.get(tx, action.row)
        shown = await generations.get(tx, posted.generation)
    is_parent = action.verb == "parent" and shown is not None and shown.parent_image == action.row
    if image is None or (image.generation != posted.generation and not is_parent):
        raise UserError("button-unknown")
