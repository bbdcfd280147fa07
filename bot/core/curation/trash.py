"""Putting images away and taking them out again."""

from bot.core.chat.errors import Sorry
from bot.core.chat.messages import Say, say
from bot.core.people import access
from bot.core.results.refresh import refresh
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import button
from storage.tables import images


async def trash(context: Context, id_: str) -> None:
    """Move an image to the trash, with a button that takes it out again; raises Sorry."""
    image = await access.image(context, id_)
    if not await access.may_manage(context, image):
        raise Sorry("trash-not-yours")
    async with context.parts.database.write() as tx:
        await images.trash(tx, id_, context.now)
    await refresh(context.parts, image.generation)
    undo = button("button-restore", "restore", id_, number=image.number)
    await context.say(Say(lines=(say("trash-done", number=image.number),), buttons=((undo,),), private=True))


async def restore(context: Context, id_: str) -> None:
    """Take an image out of the trash; raises Sorry."""
    image = await access.image(context, id_)
    if not await access.may_manage(context, image):
        raise Sorry("trash-not-yours")
    async with context.parts.database.write() as tx:
        await images.trash(tx, id_, None)
    await refresh(context.parts, image.generation, id_)
    await context.say(Say(lines=(say("restore-done", number=image.number),), tone="good", private=True))
