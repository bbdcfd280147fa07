"""/reference add, list and remove."""

from collections.abc import Sequence

from bot.core.chat.errors import UserError
from bot.core.chat.messages import Photo, Say, Show, Text, say
from bot.core.chat.options import Options
from bot.core.consent.checks import judge_photos
from bot.core.consent.question import ask_consent
from bot.core.media.photo_intake import forget, take_in
from bot.core.media.pictures import reference_picture
from bot.core.people import access
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import ThenAdd
from bot.imaging.hashes import near_duplicates
from storage.tables import drafts, personas, references
from storage.tables.enums import PersonaKind
from storage.tables.personas import Persona
from storage.tables.references import ReferencePhoto

MOST = 30
"""Reference photos one persona may have."""


async def add(context: Context, options: Options, photos: tuple[Photo, ...]) -> None:
    """/reference add: photos for a persona. Raises UserError."""
    persona = await access.persona(context, options.text("persona"))
    taken = await take_in(context, photos, options.texts.get("role"))
    await into(context, persona, taken.photos, notes=taken.notes)


async def into(
    context: Context,
    persona: Persona,
    photos: tuple[ReferencePhoto, ...],
    *,
    notes: tuple[Text, ...] = (),
    draft: str | None = None,
) -> None:
    """Give stored photos to a persona; those that nearly repeat one it has are left out.

    Raises UserError, also when one of them shows a child.
    """
    ruling = await judge_photos(context, photos)
    if ruling.child:
        raise UserError("consent-persona-child")
    if ruling.ask and persona.kind != PersonaKind.REAL:
        then = ThenAdd(persona=persona.id, photos=tuple(photo.id for photo in photos), draft=draft)
        await ask_consent(context, then, photos, for_persona=True)
        return
    async with context.services.database.write() as tx:
        # Added twice, the photos would repeat themselves and be left out.
        if draft and not await drafts.settle(tx, draft, context.now):
            raise UserError("button-over")
        had = await references.of_persona(tx, persona.id)
        fresh = _fresh(photos, had)
        if len(had) + len(fresh) > MOST:
            raise UserError("reference-many", name=persona.name, most=MOST, count=len(had))
        await references.move(tx, [photo.id for photo in fresh], persona.id, None)
    repeated = tuple(photo.id for photo in photos if photo not in fresh)
    await forget(context, repeated)
    lines = [say("reference-added", name=persona.name, count=len(fresh), total=len(had) + len(fresh)), *notes]
    if repeated:
        lines.append(say("reference-repeated", count=len(repeated)))
    await context.say(Say(lines=tuple(lines), tone="good" if fresh else "info", private=True))


async def list_(context: Context, options: Options) -> None:
    """/reference list: a persona's photos with their numbers and roles."""
    persona = await access.persona(context, options.text("persona"))
    photos = await _of(context, persona)
    if not photos:
        await context.say(Say(lines=(say("persona-no-photos", name=persona.name),), private=True))
        return
    pictures = tuple(reference_picture(photo, number) for number, photo in enumerate(photos, 1))
    head = say("reference-list", name=persona.name, count=len(photos))
    roles = tuple(
        say("reference-line", number=number, role=say(f"choice-{photo.role}")) for number, photo in enumerate(photos, 1)
    )
    for start in range(0, len(pictures), 8):
        page = pictures[start : start + 8]
        await context.say(Show(lines=(head,), pictures=page, details=roles[start : start + 8], private=True))


async def remove(context: Context, options: Options) -> None:
    """/reference remove: one photo by its number in the list. Raises UserError."""
    persona = await access.persona(context, options.text("persona"))
    photos = await _of(context, persona)
    number = options.wholes["number"]
    if number > len(photos):
        raise UserError("reference-number", number=number, count=len(photos), name=persona.name)
    await forget(context, (photos[number - 1].id,))
    line = say("reference-removed", number=number, name=persona.name, count=len(photos) - 1)
    await context.say(Say(lines=(line,), tone="good", private=True))


async def named(context: Context, id_: str) -> Persona:
    """A persona of this person by id; raises UserError."""
    async with context.services.database.read() as tx:
        persona = await personas.get(tx, id_)
    if persona is None or persona.owner != context.user.id:
        raise UserError("persona-gone")
    return persona


async def _of(context: Context, persona: Persona) -> tuple[ReferencePhoto, ...]:
    async with context.services.database.read() as tx:
        return await references.of_persona(tx, persona.id)


def _fresh(photos: Sequence[ReferencePhoto], had: Sequence[ReferencePhoto]) -> list[ReferencePhoto]:
    """Leave out near duplicates of stored photos and of one another."""
    fresh: list[ReferencePhoto] = []
    for photo in photos:
        if not any(_alike(photo, other) for other in (*had, *fresh)):
            fresh.append(photo)
    return fresh


def _alike(photo: ReferencePhoto, other: ReferencePhoto) -> bool:
    return near_duplicates(photo.phash, other.phash)
