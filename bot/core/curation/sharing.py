"""Share a private result with everybody in its place."""

from dataclasses import replace

from bot.core.chat.errors import UserError
from bot.core.chat.messages import Say, say
from bot.core.people import access
from bot.core.results.posting import place_of, posted_as
from bot.core.results.progress import hidden
from bot.core.results.refresh import refresh
from bot.core.results.result_message import result_of
from bot.core.results.summary import load
from bot.core.runtime.context import Context
from storage.tables import events, generations, images, posted_messages
from storage.tables.enums import Audience, Purpose


async def share(context: Context, id_: str) -> None:
    """Post a private result of one's own for all to see; raises UserError."""
    generation, _ = await access.generation(context, id_)
    if generation.user != context.user.id:
        raise UserError("share-not-yours")
    if not hidden(generation):
        raise UserError("button-over")
    async with context.services.database.write() as tx:
        if not await events.claim(tx, f"share:{id_}", context.now):
            raise UserError("button-over")
        await generations.publish(tx, id_)
        await images.publish(tx, id_)
    await refresh(context.services, id_)
    finished = await load(context.services, id_)
    assert finished is not None, "what is shared is there"
    place = replace(place_of(generation), audience=Audience.GROUP)
    ref = await context.services.fronts[generation.platform].send(
        place, result_of(finished), f"share:{id_}", to=context.who.id
    )
    if ref:
        async with context.services.database.write() as tx:
            await posted_messages.put(tx, posted_as(ref, id_, Purpose.RESULT), context.now)
    await context.say(Say(lines=(say("share-done"),), tone="good", private=True))
