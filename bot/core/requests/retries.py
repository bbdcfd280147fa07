"""When pictures failed: once more, other words, an answer to the model, another model. Never on our own account."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.chat.action_ids import Action
from bot.core.chat.catalogue import PROMPT_LONGEST
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Field, Form, MessageRef, say
from bot.core.consent import content_rules
from bot.core.consent.checks import check_persona, rule, strictest
from bot.core.models.image_request import image_request_again
from bot.core.people import access
from bot.core.requests import reservations
from bot.core.requests.submit import submit
from bot.core.results.announce import announce
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import cost
from bot.core.runtime.ports import Job
from storage.tables import events, generations, images, ledger, personas, references
from storage.tables.enums import RETRYABLE
from storage.tables.generations import Generation
from storage.tables.images import Image

ANSWER_LONGEST = 1000
"""Characters of an answer to the model."""


async def retry(context: Context, generation_id: str) -> None:
    """Draw the failed pictures of a person's own generation once more; raises UserError."""
    generation, _ = await access.generation(context, generation_id)
    if generation.user != context.user.id:
        raise UserError("retry-not-yours")
    model = context.services.drawing.model(generation.model)
    if model is None:
        raise UserError("problem-gone")
    await content_rules.check(context, generation.final_prompt)
    await _allowed(context, generation)
    async with context.services.database.write() as tx:
        slots = await images.of_generation(tx, generation_id)
        if not await events.claim(tx, context.event_id, context.now):
            return
        if any(not slot.finished for slot in slots):
            raise UserError("retry-running")
        again = [slot for slot in slots if slot.status in RETRYABLE and await images.requeue(tx, slot.id)]
        if not again:
            raise UserError("button-over")
        for slot in again:  # a model that had stepped in was neither asked for nor quoted
            await images.redirect(tx, slot.id, model.id)
        turn = max([await ledger.next_turn(tx, slot.id) for slot in slots])
        await reservations.reserve(context, tx, again, generation.price, turn)
        await generations.reopen(tx, generation_id)
        jobs = [Job(slot.id, model.provider, context.user.id, str(turn), context.goes_first) for slot in again]
        await context.services.jobs.enqueue(tx, generation_id, jobs)
        fresh = await images.of_generation(tx, generation_id)
    await announce(context, generation, fresh)


async def _allowed(context: Context, generation: Generation) -> None:
    """Raise UserError when whoever has a say in a persona or a photo of it does not agree any more."""
    async with context.services.database.read() as tx:
        photos = await references.of_generation(tx, generation.id)
        persona = await personas.get(tx, generation.persona) if generation.persona else None
        if persona:
            await check_persona(context, tx, persona)
        refused = strictest(await rule(context, tx, photos, persona)).refused
    if refused:
        raise UserError(refused)


async def reword_form(context: Context, generation_id: str) -> None:
    """The form in which refused words can be changed; raises UserError."""
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
    """The same request in other words; raises UserError."""
    generation, _ = await access.generation(context, generation_id)
    async with context.services.database.read() as tx:
        photos = await references.of_generation(tx, generation_id)
    await submit(context, replace(image_request_again(generation, photos), prompt=words))


async def answer_form(context: Context, generation_id: str) -> None:
    """The form in which the model's question is answered; raises UserError where nothing was asked."""
    generation, slots = await access.generation(context, generation_id)
    room = PROMPT_LONGEST - len(_answered(generation.prompt, _asked(slots), ""))
    field = Field(name="prompt", label=say("answer-field"), kind="words", longest=max(1, min(ANSWER_LONGEST, room)))
    form = Form(
        id=str(Action("answer", generation_id)),
        title=say("form-answer"),
        fields=(field,),
        send=say("button-make-price", price=cost(generation.price * generation.count)),
    )
    await context.say(form)


async def answer(context: Context, generation_id: str, words: str) -> None:
    """The same request with the model's question and its answer added, and the same photos; raises UserError."""
    generation, slots = await access.generation(context, generation_id)
    prompt = _answered(generation.prompt, _asked(slots), words)
    if len(prompt) > PROMPT_LONGEST:
        raise UserError("error-option-long", option=say("option-prompt"), length=len(prompt), most=PROMPT_LONGEST)
    await reword(context, generation_id, prompt)


def _asked(slots: Sequence[Image]) -> str:
    """The model's words; raises UserError where it has drawn since."""
    for slot in slots:
        if slot.problem == "model_asks" and slot.problem_facts:
            return str(slot.problem_facts["words"])
    raise UserError("button-over")


def _answered(prompt: str, asked: str, words: str) -> str:
    """The prompt of the next call. No API keeps the talk, so the question goes along with its answer."""
    return "\n\n".join((prompt, *([asked] if asked.endswith("?") else []), words))


async def other_model(context: Context, action: Action, _: MessageRef) -> None:
    """The same request with another model, by its tag; raises UserError."""
    generation, _slots = await access.generation(context, action.row)
    other = next((model for model in context.services.drawing.models if model.tag == action.arg), None)
    if other is None:
        raise UserError("problem-gone")
    async with context.services.database.read() as tx:
        photos = await references.of_generation(tx, generation.id)
    request = image_request_again(generation, photos)
    await submit(context, replace(request, model=other.id, parameters={}, seed=None, size=""))
