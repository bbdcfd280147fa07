"""What consent says of the photos a request keeps to, and of those behind the picture it goes on from."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.chat.errors import Sorry
from bot.core.consent.rules import Ruling, Subject, decide, photo_key
from bot.core.people import access
from bot.core.runtime.context import Context
from storage.db.database import Transaction
from storage.tables import consents, generations, images, personas, references
from storage.tables.personas import Persona
from storage.tables.references import ReferencePhoto

DEEPEST = 20
"""Pictures a lineage is followed back."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What a picture was made from, back to the first: photos (deleted ones too) and prompts."""

    photos: tuple[ReferencePhoto, ...] = ()
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A persona in a place: whether it is shared there, and whether whoever it depicts said no."""

    persona: Persona
    shared: bool
    denied: bool


async def rule(
    context: Context, photos: Sequence[ReferencePhoto], persona: Persona | None
) -> list[tuple[ReferencePhoto, Ruling]]:
    """The ruling on each photo, used by this person in this place now."""
    said = [("user", context.user.id), *(("photo", photo_key(photo)) for photo in photos)]
    async with context.parts.database.read() as tx:
        found = await consents.answers(tx, context.user.id, said)
        held = await _persona(tx, context, persona) if persona else None
        if persona:
            found |= await consents.answers(tx, persona.owner, [("persona", persona.id)])
    answers = {key: consent.answer for key, consent in found.items()}
    user, audience = context.user.id, context.place.audience
    return [(photo, decide(user, _subject(photo, held), answers, audience)) for photo in photos]  # type: ignore[arg-type]  # the column holds only Answers


async def check_persona(context: Context, tx: Transaction, persona: Persona | None) -> None:
    """Raise Sorry unless a persona is this person's or shared here, and whoever it depicts does not object."""
    shared = persona and await personas.is_shared(tx, persona.id, context.workspace.id)
    if persona is None or not (persona.owner == context.user.id or shared):
        raise Sorry("persona-gone")
    if await is_denied(tx, persona):
        raise Sorry("consent-withdrawn")


def strictest(rulings: Sequence[tuple[ReferencePhoto, Ruling]]) -> Ruling:
    """What holds for all photos together."""
    return Ruling(
        ask=any(ruling.ask for _, ruling in rulings),
        refused=next((ruling.refused for _, ruling in rulings if ruling.refused), None),
        child=any(ruling.child for _, ruling in rulings),
    )


async def judge_photos(context: Context, photos: Sequence[ReferencePhoto], persona: Persona | None) -> Ruling:
    """The strictest ruling on these photos."""
    return strictest(await rule(context, photos, persona))


async def is_denied(tx: Transaction, persona: Persona) -> bool:
    """Whether whoever a persona depicts said no, or no longer agrees: then it is not drawn without photos either."""
    key = ("persona", persona.id)
    said = (await consents.answers(tx, persona.depicts, [key])).get(key) if persona.depicts else None
    return said is not None and said.answer == "no"


async def behind(context: Context, parent_id: str | None) -> Behind:
    """Everything a parent picture was made from: what was said of it holds for what comes of it. Raises Sorry."""
    if parent_id is None:
        return Behind()
    image = await access.image(context, parent_id)
    photos: list[ReferencePhoto] = []
    prompts: list[str] = []
    async with context.parts.database.read() as tx:
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
    """A persona with what others have a say in: where its owner shares it, and whether whoever it depicts agrees."""
    shared = await personas.is_shared(tx, persona.id, context.workspace.id)
    return Held(persona, shared=shared, denied=await is_denied(tx, persona))


def _subject(photo: ReferencePhoto, held: Held | None) -> Subject:
    owned = held if held and photo.persona == held.persona.id else None
    return Subject(
        photo=photo_key(photo), owner=photo.owner, has_face=bool(photo.faces),
        persona=owned.persona.id if owned else None, persona_kind=owned.persona.kind if owned else None,
        shared=owned.shared if owned else False, denied=owned.denied if owned else False,
    )  # fmt: skip
