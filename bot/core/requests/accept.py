"""Accepting a request: one transaction writes it, reserves its money and enqueues its work."""

import structlog

from bot.core.account import token_warning
from bot.core.media.photo_intake import CHILD, ONE_OFF
from bot.core.models.choosing import edits_pixels
from bot.core.requests import reservations
from bot.core.requests.accepted_request import ValidatedRequest
from bot.core.results.announce import announce, announce_again
from bot.core.runtime.context import Context
from bot.core.runtime.ports import Job
from prompts import traits
from prompts.compose import Character, compose
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.queries import search
from storage.tables import drafts, generations, images, references
from storage.tables.generations import AlreadyAccepted, Generation
from storage.tables.images import Image
from storage.tables.personas import Persona

log = structlog.get_logger()
LOOKS = "looks"
"""The command of the pictures a first photo yields by itself: nobody asked, so the photo is not kept for them."""


async def accept(context: Context, checked: ValidatedRequest, draft: str | None = None) -> None:
    """Accept a request and show its progress; a redelivered event or a settled draft writes nothing.

    Raises UserError when a limit is reached, StorageError when it cannot be written; then nothing is.
    """
    generation = _generation(context, checked)
    slots = [_image(generation, number) for number in range(1, generation.count + 1)]
    try:
        async with context.services.database.write() as tx:
            if draft and not await drafts.settle(tx, draft, context.now):
                raise AlreadyAccepted(generation.event_id)
            await _write(context, tx, checked, generation, slots)
    except AlreadyAccepted:
        await announce_again(context)
        return
    log.info("request accepted", generation=generation.id, model=generation.model, images=generation.count)
    await announce(context, generation, slots)
    await token_warning.warn(context)


async def _write(
    context: Context, tx: Transaction, checked: ValidatedRequest, generation: Generation, slots: list[Image]
) -> None:
    if await generations.with_event(tx, generation.event_id):
        raise AlreadyAccepted(generation.event_id)
    await reservations.reserve(context, tx, slots, generation.price)
    await generations.add(tx, generation, [photo.id for photo in checked.photos])
    await images.add(tx, slots)
    await search.index(tx, generation.id, generation.prompt)
    if checked.request.command != LOOKS:
        for photo in checked.photos:
            until = photo.created_at + CHILD if checked.child else context.now + ONE_OFF
            await references.keep_until(tx, [photo.id], until)
    jobs = [Job(slot.id, checked.model.provider, context.user.id, priority=context.goes_first) for slot in slots]
    await context.services.jobs.enqueue(tx, generation.id, jobs)


def _generation(context: Context, checked: ValidatedRequest) -> Generation:
    request, persona = checked.request, checked.persona
    edit = edits_pixels(request.command, request.parent, checked.model)
    character = _character(persona) if persona else None
    return Generation(
        id=new_id(), event_id=context.event_id, user=context.user.id, workspace=context.workspace.id,
        persona=persona.id if persona else None, parent_image=request.parent,
        platform=context.place.platform, chat=context.place.chat,
        thread=context.place.thread, audience=context.place.audience,
        private=request.private or not context.in_group, locale=context.locale,
        command=request.command, prompt=request.prompt,
        final_prompt=compose(checked.words, character, [photo.role for photo in checked.photos], edit=edit),
        model=checked.model.id, aspect=request.aspect, size=request.size, seed=request.seed, count=request.count,
        parameters=request.parameters,
        template=request.template, quality=request.quality, price=checked.price, created_at=context.now,
    )  # fmt: skip


def _character(persona: Persona) -> Character:
    described = traits.sentence(persona.traits)
    return Character(persona.name, persona.kind, persona.description, persona.marks, described)


def _image(generation: Generation, number: int) -> Image:
    return Image(
        id=new_id(), generation=generation.id, number=number, user=generation.user,
        workspace=generation.workspace, persona=generation.persona, private=generation.private,
        thread=generation.thread or "",
        model=generation.model, created_at=generation.created_at,
    )  # fmt: skip
