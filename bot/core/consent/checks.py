"""Check consent for the photos of a request and for those its parent picture was made from."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.chat.errors import UserError
from bot.core.consent.rules import PhotoFacts, Ruling, decide, photo_key
from bot.core.runtime.context import Context
from storage.db.database import Transaction
from storage.tables import consents, generations, images, personas, references
from storage.tables.consents import Subject
from storage.tables.enums import Answer, SubjectKind
from storage.tables.personas import Persona
from storage.tables.references import ReferencePhoto

DEEPEST = 20
"""Most parents followed back along a lineage."""


@dataclass(frozen=True, slots=True)
class Behind:
    """The photos (deleted ones too) and prompts of a picture's whole lineage."""

    photos: tuple[ReferencePhoto, ...] = ()
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A persona with two facts: shared in this place, denied by the depicted person."""

    persona: Persona
    shared: bool
    denied: bool


async def rule(
    context: Context, tx: Transaction, photos: Sequence[ReferencePhoto], persona: Persona | None
) -> list[tuple[ReferencePhoto, Ruling]]:
    """Decide for each photo whether this person may use it in this place now."""
    said = [Subject(SubjectKind.USER, context.user.id)]
    said += [Subject(SubjectKind.PHOTO, photo_key(photo)) for photo in photos]
    found = await consents.answers(tx, context.user.id, said)
    held = await _persona(tx, context, persona) if persona else None
    if persona:
        found |= await consents.answers(tx, persona.owner, [Subject(SubjectKind.PERSONA, persona.id)])
    answers = {subject: consent.answer for subject, consent in found.items()}
    user, audience = context.user.id, context.place.audience
    return [(photo, decide(user, _facts(photo, held), answers, audience)) for photo in photos]


async def check_persona(context: Context, tx: Transaction, persona: Persona | None) -> None:
    """Raise UserError unless the persona is the person's or shared here, and the depicted person has not denied it."""
    shared = persona and await personas.is_shared(tx, persona.id, context.workspace.id)
    if persona is None or not (persona.owner == context.user.id or shared):
        raise UserError("persona-gone")
    if await is_denied(tx, persona):
        raise UserError("consent-withdrawn")


def strictest(rulings: Sequence[tuple[ReferencePhoto, Ruling]]) -> Ruling:
    """Combine rulings into the strictest."""
    return Ruling(
        ask=any(ruling.ask for _, ruling in rulings),
        refused=next((ruling.refused for _, ruling in rulings if ruling.refused), None),
        child=any(ruling.child for _, ruling in rulings),
    )


async def judge_photos(context: Context, photos: Sequence[ReferencePhoto]) -> Ruling:
    """The strictest ruling on these photos."""
    async with context.services.database.read() as tx:
        return strictest(await rule(context, tx, photos, None))


async def is_denied(tx: Transaction, persona: Persona) -> bool:
    """Whether the depicted person said no or withdrew; the persona is then not drawn without photos either."""
    key = Subject(SubjectKind.PERSONA, persona.id)
    said = (await consents.answers(tx, persona.depicts, [key])).get(key) if persona.depicts else None
    return said is not None and said.answer == Answer.NO


async def behind(tx: Transaction, parent_id: str | None) -> Behind:
    """Load the lineage of a parent picture, whose consents hold for the new picture too. Raises UserError."""
    if parent_id is None:
        return Behind()
    image = await images.get(tx, parent_id)
    if image is None:
        raise UserError("image-gone")
    photos: list[ReferencePhoto] = []
    prompts: list[str] = []
    for _ in range(DEEPEST):
        generation = await generations.get(tx, image.generation)
        if generation is None:
            break
        prompts.append(generation.final_prompt)
        photos += await references.of_generation(tx, generation.id, also_deleted=True)
        older = await images.get(tx, generation.parent_image) if generation.parent_image else None
        if older is None:
            break
        image = older
    return Behind(tuple(photos), tuple(prompts))


async def _persona(tx: Transaction, context: Context, persona: Persona) -> Held:
    """Load whether the persona is shared here and whether the depicted person agrees."""
    shared = await personas.is_shared(tx, persona.id, context.workspace.id)
    return Held(persona, shared=shared, denied=await is_denied(tx, persona))


def _facts(photo: ReferencePhoto, held: Held | None) -> PhotoFacts:
    owned = held if held and photo.persona == held.persona.id else None
    return PhotoFacts(
        key=photo_key(photo), owner=photo.owner, has_face=bool(photo.faces),
        persona=owned.persona.id if owned else None, persona_kind=owned.persona.kind if owned else None,
        shared=owned.shared if owned else False, denied=owned.denied if owned else False,
    )  # fmt: skip
