"""Move images to the trash and restore them."""

from bot.core.chat.errors import UserError
from bot.core.chat.messages import Say, say
from bot.core.people import access
from bot.core.results.refresh import refresh
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import button
from storage.tables import images


async def trash(context: Context, id_: str) -> None:
    """Move an image to the trash, with a button that takes it out again; raises UserError."""
    image = await access.image(context, id_)
    if not await access.may_manage(context, image):
        raise UserError("trash-not-yours")
    async with context.services.database.write() as tx:
        await images.trash(tx, id_, context.now)
    await refresh(context.services, image.generation)
    undo = button("button-restore", "restore", id_, number=image.number)
    await context.say(Say(lines=(say("trash-done", number=image.number),), buttons=((undo,),), private=True))


async def restore(context: Context, id_: str) -> None:
    """Take an image out of the trash; raises UserError."""
    image = await access.image(context, id_)
    if not await access.may_manage(context, image):
        raise UserError("trash-not-yours")
    async with context.services.database.write() as tx:
        await images.trash(tx, id_, None)
    await refresh(context.services, image.generation, id_)
    await context.say(Say(lines=(say("restore-done", number=image.number),), tone="good", private=True))
