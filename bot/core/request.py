"""From what is wanted to an accepted request: who is on the photos, which model, what it costs."""

from dataclasses import replace

from bot.core import accept, ask, capability, conduct, sight
from bot.core.checked import Checked
from bot.core.consent import Ruling, Subject, decide, photo_key
from bot.core.context import Context
from bot.core.errors import Sorry
from bot.core.wanted import Wanted
from providers.base import Model
from storage import consents, generations, personas, references
from storage.personas import Persona
from storage.references import ReferencePhoto

_BY_ROLE = ("face", "body", "object", "outfit", "pose", "style", "scene")


async def request(context: Context, wanted: Wanted, *, draft: str | None = None) -> None:
    """Check, price and accept a request, or ask the question that stands in the way; raises Sorry.

    `draft` is settled together with the acceptance.
    """
    if not wanted.prompt.strip():
        raise Sorry("error-prompt-empty")
    await conduct.check(context, wanted.prompt)
    model = capability.choose(context, wanted.model)
    persona, photos = await _subjects(context, wanted, model)
    parents = await _behind(context, wanted)
    if not photos and not wanted.parent and model.capabilities.needs_reference and (last := await _last_photo(context)):
        await ask.last_photo(context, replace(wanted, photos=(last.id,)), last)
        return
    ruling = await judge_photos(context, (*photos, *parents), persona)
    if ruling.refused:
        raise Sorry(ruling.refused)
    if ruling.ask:
        await ask.who_is_it(context, wanted, photos, persona)
        return
    capability.check(model, wanted, len(photos) + capability.edits_pixels(wanted.command, wanted.parent, model))
    if ruling.child:
        wanted = _for_child(wanted, model)
    total = wanted.count * model.price(wanted.size)
    if total and not wanted.confirmed and _above_confirm(context, wanted, total):
        await ask.price(context, wanted, model)
        return
    await accept.accept(context, Checked(wanted, model, persona, photos, ruling.child), draft)


async def judge_photos(context: Context, photos: tuple[ReferencePhoto, ...], persona: Persona | None) -> Ruling:
    """What consent says of these photos together: the strictest of its rulings."""
    subjects = [("user", context.user.id), *(("photo", photo_key(photo)) for photo in photos)]
    if persona:
        subjects.append(("persona", persona.id))
    async with context.parts.database.read() as tx:
        found = await consents.answers(tx, context.user.id, subjects)
    answers = {key: consent.answer for key, consent in found.items()}
    rulings = [decide(context.user.id, _subject(photo, persona), answers, context.place.audience) for photo in photos]  # type: ignore[arg-type]  # the column holds only Answers
    return Ruling(
        ask=any(ruling.ask for ruling in rulings),
        refused=next((ruling.refused for ruling in rulings if ruling.refused), None),
        child=any(ruling.child for ruling in rulings),
    )


async def _behind(context: Context, wanted: Wanted) -> tuple[ReferencePhoto, ...]:
    """The photos the parent picture was made from: what was said about them holds for what comes of it."""
    if wanted.parent is None:
        return ()
    parent = await sight.image(context, wanted.parent)
    async with context.parts.database.read() as tx:
        return tuple(p for p in await references.of_generation(tx, parent.generation) if p.persona != wanted.persona)


def _subject(photo: ReferencePhoto, persona: Persona | None) -> Subject:
    owned = persona if persona and photo.persona == persona.id else None
    return Subject(
        photo=photo_key(photo), owner=photo.owner, has_face=bool(photo.faces),
        persona=owned.id if owned else None, persona_kind=owned.kind if owned else None,
    )  # fmt: skip


async def _subjects(
    context: Context, wanted: Wanted, model: Model
) -> tuple[Persona | None, tuple[ReferencePhoto, ...]]:
    """The persona and the photos in the order the prompt names them: the persona's by role, then the one-offs."""
    async with context.parts.database.read() as tx:
        persona = await personas.get(tx, wanted.persona) if wanted.persona else None
        kept = await references.of_persona(tx, persona.id) if persona and wanted.references else ()
        sent = await references.get(tx, wanted.photos)
    if wanted.persona and persona is None:
        raise Sorry("persona-gone")
    if len(sent) < len(wanted.photos):
        raise Sorry("photo-gone")
    room = max(0, model.capabilities.max_references - len(sent))
    kept = tuple(sorted(kept, key=lambda photo: _BY_ROLE.index(photo.role)))[:room]
    return persona, kept + sent


async def _last_photo(context: Context) -> ReferencePhoto | None:
    async with context.parts.database.read() as tx:
        latest = await generations.latest(tx, *context.owner)
        photos = await references.of_generation(tx, latest.id) if latest else ()
    return next((photo for photo in photos if photo.owner == context.user.id), None)


def _for_child(wanted: Wanted, model: Model) -> Wanted:
    """The request in a plainly drawn style; raises Sorry when the model or the style cannot."""
    drawn = model.capabilities.illustrated
    if not drawn:
        raise Sorry("consent-child-model", model=model.name)
    style = wanted.parameters.get("style", drawn[0])
    if style not in drawn:
        raise Sorry("consent-child-drawn", model=model.name, choices=", ".join(drawn))
    return replace(wanted, parameters={**wanted.parameters, "style": style})


def _above_confirm(context: Context, wanted: Wanted, total: int) -> bool:
    limits = context.accounts[0][1]
    return wanted.count > limits.confirm_images or total > limits.confirm_micro
