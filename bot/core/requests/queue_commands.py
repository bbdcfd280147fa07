"""Stopping what waits or runs, and giving its money back."""

from collections.abc import Sequence

from bot.core.chat.errors import Sorry
from bot.core.chat.messages import Ask, Say, say
from bot.core.generation.painter import stop
from bot.core.people import access
from bot.core.requests.questions import button
from bot.core.results.progress import cut
from bot.core.results.queue_position import standing
from bot.core.runtime.context import Context, Parts
from providers.contract.provider import Ticket
from storage.tables import attempts, generations, images, ledger
from storage.tables.images import Image


async def cancel_all(context: Context) -> None:
    """/cancel: the one generation that runs, else ask which; says so when nothing runs."""
    running = await _running(context)
    if not running:
        await context.say(Say(lines=(say("cancel-nothing"),), private=True))
    elif len(running) == 1:
        await cancel(context, next(iter(running)))
        await context.say(
            Say(lines=(say("cancel-done", prompt=next(iter(running.values()))),), tone="good", private=True)
        )
    else:
        rows = tuple((button("button-cancel-one", "cancel", id_, prompt=p[:40]),) for id_, p in running.items())
        await context.say(Ask(lines=(say("cancel-which", count=len(running)),), buttons=rows[:10], private=True))


async def cancel(context: Context, generation_id: str) -> None:
    """Stop a generation's images that are not finished; raises Sorry unless it is the person's own.

    What waits is released whole. What runs is stopped where the provider can; what it costs all the same is the
    operator's, never the person's.
    """
    generation, slots = await access.generation(context, generation_id)
    if generation.user != context.user.id and not context.operates:
        raise Sorry("cancel-not-yours")
    await halt(context.parts, slots)


async def halt(parts: Parts, slots: Sequence[Image]) -> int:
    """Stop those of these images that are not finished and release their money; returns how many there were."""
    stopped = [slot for slot in slots if not slot.finished]
    async with parts.database.write() as tx:
        for slot in stopped:
            if await images.move(tx, slot.id, "cancelled", now=parts.now()):
                await ledger.settle(tx, slot.id, {}, parts.now())
    await parts.jobs.cancel([slot.id for slot in stopped if slot.status == "queued"])
    for slot in stopped:
        await _tell_provider(parts, slot)
    for generation in {slot.generation for slot in stopped}:
        parts.changes.tell(generation)
    return len(stopped)


async def _tell_provider(parts: Parts, slot: Image) -> None:
    async with parts.database.read() as tx:
        made = await attempts.of_image(tx, slot.id)
    if not made or not made[-1].going or not made[-1].external_id:
        return
    if provider := parts.drawing.providers.get(made[-1].provider):
        await stop(provider, Ticket(made[-1].external_id, model=made[-1].model))


async def _running(context: Context) -> dict[str, str]:
    """The person's unfinished generations and their prompts, oldest first."""
    async with context.parts.database.read() as tx:
        ids = dict.fromkeys(image.generation for image in await images.unfinished(tx, context.user.id))
        found = [await generations.get(tx, id_) for id_ in ids]
    return {generation.id: cut(generation.prompt) for generation in found if generation}


async def queue(context: Context) -> None:
    """/queue: what waits and runs, with its place and a button to stop it."""
    async with context.parts.database.read() as tx:
        waiting = await images.unfinished(tx, context.user.id)
        places = {image.id: (await standing(context.parts, tx, image)).ahead for image in waiting}
    running = await _running(context)
    lines = [say("queue-head", count=len(waiting)) if waiting else say("queue-empty")]
    for id_, prompt in running.items():
        own = [image for image in waiting if image.generation == id_]
        drawn = sum(image.status == "running" for image in own)
        lines.append(
            say("queue-line", prompt=prompt[:80], waiting=len(own) - drawn, running=drawn, place=places[own[0].id])
        )
    rows = tuple((button("button-cancel-one", "cancel", id_, prompt=p[:40]),) for id_, p in running.items())
    await context.say(Say(lines=tuple(lines), buttons=rows[:10], private=True))
