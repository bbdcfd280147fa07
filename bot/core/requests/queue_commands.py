"""/cancel and /queue: the person's unfinished requests."""

from bot.core.chat.messages import Ask, Say, say
from bot.core.generation.cancelling import cancel
from bot.core.results.progress import cut
from bot.core.results.queue_position import standing
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import button
from storage.tables import generations, images
from storage.tables.enums import Status


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


async def _running(context: Context) -> dict[str, str]:
    """The person's unfinished generations and their prompts, oldest first."""
    async with context.services.database.read() as tx:
        ids = dict.fromkeys(image.generation for image in await images.unfinished(tx, context.user.id))
        found = [await generations.get(tx, id_) for id_ in ids]
    return {generation.id: cut(generation.prompt) for generation in found if generation}


async def queue(context: Context) -> None:
    """/queue: what waits and runs, with its place and a button to stop it."""
    async with context.services.database.read() as tx:
        waiting = await images.unfinished(tx, context.user.id)
        places = {image.id: (await standing(context.services, tx, image)).ahead for image in waiting}
    running = await _running(context)
    lines = [say("queue-head", count=len(waiting)) if waiting else say("queue-empty")]
    for id_, prompt in running.items():
        own = [image for image in waiting if image.generation == id_]
        drawn = sum(image.status == Status.RUNNING for image in own)
        lines.append(
            say("queue-line", prompt=prompt[:80], waiting=len(own) - drawn, running=drawn, place=places[own[0].id])
        )
    rows = tuple((button("button-cancel-one", "cancel", id_, prompt=p[:40]),) for id_, p in running.items())
    await context.say(Say(lines=tuple(lines), buttons=rows[:10], private=True))
