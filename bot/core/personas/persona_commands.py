"""/persona create, list, show and delete."""

from dataclasses import replace

from bot.core.chat.action_ids import Action
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Ask, MessageRef, Photo, Say, Show, Text, say
from bot.core.chat.options import Options
from bot.core.consent.checks import judge_photos
from bot.core.consent.question import ask_consent
from bot.core.consent.rules import ANSWERS, WORDING
from bot.core.media.blob_cleanup import dispose
from bot.core.media.photo_intake import take_in
from bot.core.media.pictures import reference_picture
from bot.core.people import access
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import ThenCreate
from bot.core.runtime.open_questions import button
from storage.tables import consents, drafts, events, personas, references
from storage.tables.consents import Consent, Subject
from storage.tables.enums import Answer, PersonaKind, SubjectKind
from storage.tables.personas import NameTaken, NewPersona, Persona


async def create(context: Context, options: Options, photos: tuple[Photo, ...]) -> None:
    """/persona create: a real adult's is made once consent is recorded. Raises UserError."""
    taken = await take_in(context, photos)
    if taken.notes:
        await context.say(Say(lines=taken.notes, private=True))
    usual = PersonaKind.REAL if taken.has_face else PersonaKind.FICTIONAL
    kind = PersonaKind(options.text("kind", usual))
    await begin(context, ThenCreate(persona=_new(options, kind), photos=taken.ids))


def _new(options: Options, kind: PersonaKind) -> NewPersona:
    return NewPersona(options.text("name"), kind, options.text("description"))


async def begin(context: Context, wish: ThenCreate) -> None:
    """Make a persona of stored photos, or ask first who the real person is; raises UserError."""
    new = wish.persona
    async with context.services.database.read() as tx:
        if await personas.find(tx, context.user.id, new.name):
            raise UserError("persona-name-taken", name=new.name)
        found = await references.get(tx, wish.photos)
    ruling = await judge_photos(context, found)
    if ruling.child:
        raise UserError("consent-persona-child")
    if new.kind == PersonaKind.REAL or ruling.ask:
        await ask_consent(context, wish, found, for_persona=True)
    else:
        await finish(context, wish, None)


async def finish(context: Context, wish: ThenCreate, answer: Answer | None) -> None:
    """Write a persona with its photos and consent in one transaction, and show it. Raises UserError."""
    new, photos = wish.persona, wish.photos
    if answer == Answer.UNREAL and new.kind == PersonaKind.REAL:
        new = replace(new, kind=PersonaKind.FICTIONAL)
    try:
        async with context.services.database.write() as tx:
            if not await events.claim(tx, context.event_id, context.now):
                return
            if len(await references.get(tx, photos)) < len(photos):
                raise UserError("photo-gone")
            made = await personas.add(tx, context.user.id, context.workspace.id, new, context.now)
            await references.move(tx, photos, made.id, None)
            if answer:
                said = Consent(context.user.id, Subject(SubjectKind.PERSONA, made.id), answer, WORDING)
                await consents.add(tx, said, context.now)
            if wish.draft:
                await drafts.settle(tx, wish.draft, context.now)
    except NameTaken as exc:
        raise UserError("persona-name-taken", name=new.name) from exc
    await _show(context, made, say("persona-created", name=made.name, count=len(photos)))


async def show(context: Context, options: Options) -> None:
    """/persona show."""
    persona = await access.persona(context, options.text("persona"))
    await _show(context, persona, say("persona-title", name=persona.name, kind=say(f"choice-{persona.kind}")))


async def list_(context: Context) -> None:
    """/persona list."""
    async with context.services.database.read() as tx:
        known = await personas.owned(tx, context.user.id)
        counts = {one.id: len(await references.of_persona(tx, one.id)) for one in known}
    if not known:
        await context.say(Say(lines=(say("persona-list-empty"),), private=True))
        return
    lines = [say("persona-line", name=one.name, kind=say(f"choice-{one.kind}"), count=counts[one.id]) for one in known]
    await context.say(Say(lines=(say("persona-list-head", count=len(known)), *lines), private=True))


async def ask_delete(context: Context, options: Options) -> None:
    """/persona delete: ask once before it is gone."""
    persona = await access.persona(context, options.text("persona"))
    async with context.services.database.read() as tx:
        count = len(await references.of_persona(tx, persona.id))
    buttons = ((button("button-delete", "unmake", persona.id), button("button-no", "drop", persona.id)),)
    line = say("persona-delete-question", name=persona.name, count=count)
    await context.say(Ask(lines=(line,), buttons=buttons, private=True))


async def delete(context: Context, action: Action, message: MessageRef) -> None:
    """Delete a persona and its reference photos; pictures made of it stay. Raises UserError."""
    async with context.services.database.write() as tx:
        persona = await personas.get(tx, action.row)
        if persona is None or persona.owner != context.user.id:
            raise UserError("persona-gone")
        photos = await references.of_persona(tx, persona.id)
        await personas.delete(tx, persona.id, context.now)
        await references.delete(tx, [photo.id for photo in photos], context.now)
    await dispose(context.services, [key for photo in photos for key in (photo.blob, photo.thumbnail)])
    line = say("persona-deleted", name=persona.name, count=len(photos))
    await context.speak(Say(lines=(line,), private=True), instead_of=message)


async def _show(context: Context, persona: Persona, head: Text) -> None:
    async with context.services.database.read() as tx:
        photos = await references.of_persona(tx, persona.id)
        subject = Subject(SubjectKind.PERSONA, persona.id)
        said = (await consents.answers(tx, context.user.id, [subject])).get(subject)
    lines = [head]
    if persona.description:
        lines.append(say("persona-description", description=persona.description[:500]))
    details = [say("persona-hint", name=persona.name)]
    if said and said.answer in ANSWERS:
        details.append(say("persona-consent", answer=say(f"consent-answer-{said.answer}")))
    if not photos:
        await context.say(Say(lines=(*lines, say("persona-no-photos", name=persona.name)), private=True))
        return
    pictures = tuple(reference_picture(photo, number) for number, photo in enumerate(photos[:8], 1))
    await context.say(Show(lines=tuple(lines), pictures=pictures, details=tuple(details), private=True))
