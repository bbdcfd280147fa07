"""When pictures failed or were refused: once more, other words, another model. Never on our own account."""

from dataclasses import replace

from bot.core import sight, spending
from bot.core.actions import Action
from bot.core.ask import cost
from bot.core.context import Context
from bot.core.errors import Sorry
from bot.core.finished import FAILED
from bot.core.messages import Field, Form, say
from bot.core.ports import Job
from bot.core.progress import progress_of
from bot.core.recipe import wanted_again
from bot.core.request import request
from storage import events, generations, images, ledger, messages, references
from storage.messages import Posted


async def retry(context: Context, generation_id: str) -> None:
    """Draw the failed pictures of a person's own generation once more; raises Sorry."""
    generation, slots = await sight.generation(context, generation_id)
    if generation.user != context.user.id:
        raise Sorry("retry-not-yours")
    failed = [slot for slot in slots if slot.status in FAILED]
    model = context.parts.drawing.model(generation.model)
    if not failed or model is None:
        raise Sorry("button-over")
    async with context.parts.database.write() as tx:
        if not await events.claim(tx, context.event_id, context.now):
            return
        turn = await ledger.next_turn(tx, failed[0].id)
        await spending.reserve(context, tx, failed, generation.price, turn)
        again = [slot for slot in failed if await images.requeue(tx, slot.id)]
        await generations.reopen(tx, generation.id)
        jobs = [Job(slot.id, model.provider, context.user.id, turn) for slot in again]
        await context.parts.jobs.enqueue(tx, generation.id, jobs)
        fresh = await images.of_generation(tx, generation.id)
    ref = await context.speak(progress_of(generation, fresh, place=None))
    async with context.parts.database.write() as tx:
        await messages.put(tx, Posted(ref.platform, ref.chat, ref.id, generation.id, "progress"), context.now)
    context.parts.changes.tell(generation.id)


async def reword_form(context: Context, generation_id: str) -> None:
    """The form in which refused words can be changed; raises Sorry."""
    generation, _ = await sight.generation(context, generation_id)
    field = Field(name="prompt", label=say("option-prompt"), kind="words", value=generation.prompt, longest=4000)
    form = Form(
        id=str(Action("reword", generation_id)),
        title=say("form-reword"),
        fields=(field,),
        send=say("button-make-price", price=cost(generation.price * generation.count)),
    )
    await context.say(form)


async def reword(context: Context, generation_id: str, words: str) -> None:
    """The same request in other words; raises Sorry."""
    generation, _ = await sight.generation(context, generation_id)
    async with context.parts.database.read() as tx:
        photos = await references.of_generation(tx, generation_id)
    await request(context, replace(wanted_again(generation, photos), prompt=words))


async def other_model(context: Context, generation_id: str, number: str) -> None:
    """The same request with another model, by its number in the model list; raises Sorry."""
    generation, _ = await sight.generation(context, generation_id)
    models = context.parts.drawing.models
    if not number.isdecimal() or int(number) >= len(models):
        raise Sorry("button-unknown")
    async with context.parts.database.read() as tx:
        photos = await references.of_generation(tx, generation_id)
    wanted = wanted_again(generation, photos)
    await request(context, replace(wanted, model=models[int(number)].id, parameters={}, seed=None))
