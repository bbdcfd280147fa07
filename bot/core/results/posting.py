"""Post into the place a generation came from."""

from bot.core.chat.messages import MessageRef, Outgoing, Place
from bot.core.results.summary import ResultView
from bot.core.runtime.context import Services
from storage.tables.enums import Purpose
from storage.tables.generations import Generation
from storage.tables.posted_messages import Posted


async def post(
    services: Services, finished: ResultView, outgoing: Outgoing, instead_of: MessageRef | None
) -> MessageRef | None:
    """Post about a generation, replacing an earlier message where one is given; None where it was not delivered."""
    generation = finished.generation
    front, key = services.fronts[generation.platform], f"result:{generation.id}"
    return await front.send(place_of(generation), outgoing, key, instead_of=instead_of, to=finished.reader)


def place_of(generation: Generation) -> Place:
    """The place a generation was requested in."""
    return Place(generation.platform, generation.chat, generation.thread, generation.audience)


def posted_as(ref: MessageRef, generation: str, purpose: Purpose) -> Posted:
    """The row of a message that shows a generation."""
    return Posted(ref.platform, ref.chat, ref.id, generation, purpose)
