"""Post into the place a generation came from."""

from bot.core.chat.messages import MessageRef, Outgoing, Place
from bot.core.runtime.context import Services
from storage.tables import people
from storage.tables.generations import Generation


async def post(
    services: Services, generation: Generation, outgoing: Outgoing, instead_of: MessageRef | None
) -> MessageRef | None:
    """Post about a generation, replacing an earlier message where one is given; None: not delivered."""
    place = Place(generation.platform, generation.chat, generation.thread, generation.audience)  # type: ignore[arg-type]  # the column holds only audiences
    front = services.fronts[generation.platform]
    async with services.database.read() as tx:
        to = await people.identity(tx, generation.user, generation.platform)
    return await front.send(place, outgoing, f"result:{generation.id}", instead_of=instead_of, to=to)
