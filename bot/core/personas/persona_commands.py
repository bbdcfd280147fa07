"""/persona create, list, show and delete."""

from collections.abc import Mapping
from typing import Any

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
from bot.core.runtime.open_questions import button
from storage.tables import consents, drafts, events, personas, references
from storage.tables.consents import Consent
from storage.tables.personas import NameTaken, Persona


async def create(context: Context, options: Options, photos: tuple[Photo, ...]) -> None:
    """/persona create: a real adult's is made once consent is recorded. Raises UserError."""
    taken = await take_in(context, photos)
    if taken.notes:
        await context.say(Say(lines=taken.notes, private=True))
    kind = options.texts.get("kind") or ("real" if taken.has_face else "fictional")
    await begin(context, (options.text("name"), kind, options.text("description")), taken.ids)


async def begin(
    context: Context, persona: tuple[str, str, str], photos: tuple[str, ...], draft: str | None = None
) -> None:
    """Make a persona of (name, kind, description) and stored photos, or ask first who the real person is."""
    name, kind, description = persona
    async with context.services.database.read() as tx:
        if await personas.find(tx, context.user.id, name):
            raise UserError("persona-name-taken", name=name)
        found = await references.get(tx, photos)
    ruling = await judge_photos(context, found, None)
    if ruling.child:
        raise UserError("consent-persona-child")
    data = {"name": name, "kind": kind, "description": description, "photos": list(photos), "draft": draft}
    if kind == "real" or ruling.ask:
        await ask_consent(context, {"next": "persona", **data}, found, for_persona=True)
    else:
        await finish(context, data, None)


async def finish(context: Context, data: Mapping[str, Any], answer: str | None) -> None:
    """Write a persona with its photos and consent in one transaction, and show it. Raises UserError."""
    kind = "fictional" if answer == "unreal" and data["kind"] == "real" else data["kind"]
    photos: list[str] = data["photos"]
    try:
        async with context.services.database.write() as tx:
            if not await events.claim(tx, context.event_id, context.now):
                return
            if len(await references.get(tx, photos)) < len(photos):
                raise UserError("photo-gone")
            made = await personas.add(tx, *context.owner, (data["name"], kind, data["description"]), context.now)
            await references.move(tx, photos, made.id, None)
            if answer:
                said = Consent(context.user.id, "persona", made.id, answer, WORDING)
                await consents.add(tx, said, context.now)
            if data.get("draft"):
                await drafts.settle(tx, data["draft"], context.now)
    except NameTaken as exc:
        raise UserError("persona-name-taken", name=data["name"]) from exc
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


async def delete(context: Context, id_: str, message: MessageRef) -> None:
    """Delete a persona and its reference photos; pictures made of it stay. Raises UserError."""
    async with context.services.database.write() as tx:
        persona = await personas.get(tx, id_)
        if persona is None or persona.owner != context.user.id:
            raise UserError("persona-gone")
        photos = await references.of_persona(tx, id_)
        await personas.delete(tx, id_, context.now)
        await references.delete(tx, [photo.id for photo in photos], context.now)
    await dispose(context.services, [key for photo in photos for key in (photo.blob, photo.thumbnail)])
    line = say("persona-deleted", name=persona.name, count=len(photos))
    await context.speak(Say(lines=(line,), private=True), instead_of=message)


async def _show(context: Context, persona: Persona, head: Text) -> None:
    async with context.services.database.read() as tx:
        photos = await references.of_persona(tx, persona.id)
        said = await consents.answers(tx, context.user.id, [("persona", persona.id)])
    lines = [head]
    if persona.description:
        lines.append(say("persona-description", description=persona.description[:500]))
    details = [say("persona-hint", name=persona.name)]
    if (consent_ := said.get(("persona", persona.id))) and consent_.answer in ANSWERS:
        details.append(say("persona-consent", answer=say(f"consent-answer-{consent_.answer}")))
    if not photos:
        await context.say(Say(lines=(*lines, say("persona-no-photos", name=persona.name)), private=True))
        return
    pictures = tuple(reference_picture(photo, number) for number, photo in enumerate(photos[:8], 1))
    await context.say(Show(lines=tuple(lines), pictures=pictures, details=tuple(details), private=True))
