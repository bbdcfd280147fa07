"""Cancelling: stop the images of a generation that are not finished and release their money."""

from collections.abc import Sequence

from bot.core.chat.errors import UserError
from bot.core.generation.painter import stop
from bot.core.people import access
from bot.core.runtime.context import Context, Services
from providers.contract.provider import Ticket
from storage.db.database import Transaction
from storage.tables import attempts, images, ledger
from storage.tables.attempts import SENT
from storage.tables.enums import Status, Unit
from storage.tables.images import Image


async def cancel(context: Context, generation_id: str) -> None:
    """Stop a generation's images that are not finished; raises UserError unless it is the person's own.

    What was not sent yet is released whole. A call that went out is stopped where the provider can; what it costs all
    the same is the person's, up to the reservation.
    """
    generation, slots = await access.generation(context, generation_id)
    if generation.user != context.user.id and not context.operates:
        raise UserError("cancel-not-yours")
    await halt(context.services, slots)


async def halt(services: Services, slots: Sequence[Image], *, release: bool = False) -> int:
    """Stop those of these images that are not finished; returns how many there were.

    The reservation of a call that went out stays until its cost is known; with `release` it is the operator's.
    """
    stopped = [slot for slot in slots if not slot.finished]
    async with services.database.write() as tx:
        for slot in stopped:
            if not await images.move(tx, slot.id, Status.CANCELLED, now=services.now()):
                continue
            if release or not await _may_cost(tx, slot):
                await ledger.settle(tx, slot.id, {}, services.now())
    await services.jobs.cancel([slot.id for slot in stopped if slot.status == Status.QUEUED])
    for slot in stopped:
        await _tell_provider(services, slot)
    for generation in {slot.generation for slot in stopped}:
        services.changes.tell(generation)
    return len(stopped)


async def _may_cost(tx: Transaction, slot: Image) -> bool:
    """Whether a call for an image was sent that is not free."""
    made = await attempts.of_image(tx, slot.id)
    return bool(made) and made[-1].outcome == SENT and await ledger.reserved(tx, slot.id, Unit.MICRODOLLAR) > 0


async def _tell_provider(services: Services, slot: Image) -> None:
    async with services.database.read() as tx:
        made = await attempts.of_image(tx, slot.id)
    if not made or not made[-1].going or not made[-1].external_id:
        return
    if provider := services.drawing.providers.get(made[-1].provider):
        await stop(provider, Ticket(made[-1].external_id, model=made[-1].model))
