"""When pictures failed or were refused: once more, other words, another model. Never on our own account."""

from dataclasses import replace

from bot.core.chat.action_ids import Action
from bot.core.chat.errors import Sorry
from bot.core.chat.messages import Field, Form, say
from bot.core.consent import content_rules
from bot.core.consent.checks import check_persona, rule, strictest
from bot.core.models.image_request import wanted_again
from bot.core.people import access
from bot.core.requests import reservations
from bot.core.requests.submit import request
from bot.core.results.announce import announce
from bot.core.results.summary import FAILED
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import cost
from bot.core.runtime.ports import Job
from storage.tables import events, generations, images, ledger, personas, references
from storage.tables.generations import Generation


async def retry(context: Context, generation_id: str) -> None:
    """Draw the failed pictures of a person's own generation once more; raises Sorry."""
    generation, _ = await access.generation(context, generation_id)
    if generation.user != context.user.id:
        raise Sorry("retry-not-yours")
    model = context.parts.drawing.model(generation.model)
    if model is None:
        raise Sorry("problem-gone")
    await content_rules.check(context, generation.final_prompt)
    await _allowed(context, generation)
    async with context.parts.database.write() as tx:
        slots = await images.of_generation(tx, generation_id)
        if not await events.claim(tx, context.event_id, context.now):
            return
        if any(not slot.finished for slot in slots):
            raise Sorry("retry-running")
        again = [slot for slot in slots if slot.status in FAILED and await images.requeue(tx, slot.id)]
        if not again:
            raise Sorry("button-over")
        for slot in again:  # a model that had stepped in was neither asked for nor quoted
            await images.redirect(tx, slot.id, model.id)
        turn = max([await ledger.next_turn(tx, slot.id) for slot in slots])
        await reservations.reserve(context, tx, again, generation.price, turn)
        await generations.reopen(tx, generation_id)
        jobs = [Job(slot.id, model.provider, context.user.id, str(turn), context.goes_first) for slot in again]
        await context.parts.jobs.enqueue(tx, generation_id, jobs)
        fresh = await images.of_generation(tx, generation_id)
    await announce(context, generation, fresh)


async def _allowed(context: Context, generation: Generation) -> None:
    """Raise Sorry when whoever has a say in a persona or a photo of it does not agree any more."""
    async with context.parts.database.read() as tx:
        photos = await references.of_generation(tx, generation.id)
        persona = await personas.get(tx, generation.persona) if generation.persona else None
        if persona:
            await check_persona(context, tx, persona)
    if refused := strictest(await rule(context, photos, persona)).refused:
        raise Sorry(refused)


async def reword_form(context: Context, generation_id: str) -> None:
    """The form in which refused words can be changed; raises Sorry."""
    generation, _ = await access.generation(context, generation_id)
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
    generation, _ = await access.generation(context, generation_id)
    async with context.parts.database.read() as tx:
        photos = await references.of_generation(tx, generation_id)
    await request(context, replace(wanted_again(generation, photos), prompt=words))


async def other_model(context: Context, generation_id: str, tag: str) -> None:
    """The same request with another model, by its tag; raises Sorry."""
    generation, _ = await access.generation(context, generation_id)
    other = next((model for model in context.parts.drawing.models if model.tag == tag), None)
    if other is None:
        raise Sorry("problem-gone")
    async with context.parts.database.read() as tx:
        photos = await references.of_generation(tx, generation_id)
    wanted = wanted_again(generation, photos)
    await request(context, replace(wanted, model=other.id, parameters={}, seed=None, size=""))
