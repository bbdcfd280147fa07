"""Collect photos for a persona over several messages until ✅ Done or ✖ Cancel; survives a restart."""

from dataclasses import replace

from bot.core.chat.action_ids import Action
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Ask, MessageRef, Photo, Say, say
from bot.core.chat.options import Options
from bot.core.media.photo_intake import forget, take_in
from bot.core.people import access
from bot.core.personas import references
from bot.core.runtime import drafts, open_questions
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import Collection
from bot.core.runtime.open_questions import button, draft_of, pending
from storage.tables import drafts as rows
from storage.tables import events
from storage.tables import references as photos_
from storage.tables.drafts import Draft
from storage.tables.personas import Persona

LIFE = 3_600_000
"""Milliseconds after the last photo until an unfinished collection and its photos go."""


async def reference_add(context: Context, options: Options, photos: tuple[Photo, ...]) -> None:
    """/reference add: add the attached photos, or start a collection. Raises UserError."""
    if photos:
        await references.add(context, options, photos)
    else:
        await begin(context, await access.persona(context, options.text("persona")), options.texts.get("role"))


async def begin(context: Context, persona: Persona, role: str | None) -> None:
    """Ask for photos of a persona, in place of a collection that was begun here before."""
    async with context.services.database.write() as tx:
        if not await events.claim(tx, context.event_id, context.now):
            return
    if earlier := await waiting(context):
        await _close(context, earlier)
    draft = await draft_of(context, Collection(persona=persona.id, name=persona.name, role=role), LIFE)
    await _ask(context, draft, draft.data)


async def waiting(context: Context) -> Draft[Collection] | None:
    """The collection that is open for this person here, or None; a group's goes on in their private chat."""
    async with context.services.database.read() as tx:
        here = await open_questions.latest(context, tx, Collection)
        if here or context.in_group:
            return here
        return await drafts.latest_in_groups(tx, Collection, user=context.user.id, now=context.now)


async def add(context: Context, draft: Draft[Collection], photos: tuple[Photo, ...]) -> None:
    """Take photos into a collection; raises UserError naming the one that cannot be used."""
    taken = await take_in(context, photos, draft.data.role)
    if taken.notes:
        await context.say(Say(lines=taken.notes, private=True))
    async with context.services.database.write() as tx:
        now = await drafts.get(tx, draft.id, Collection)
        if now.settled_at is not None:
            raise UserError("button-over")
        data = replace(now.data, photos=(*now.data.photos, *taken.ids))
        await drafts.change(tx, draft.id, data, expires_at=context.now + LIFE)
        await photos_.keep_until(tx, data.photos, context.now + LIFE)
    await _ask(context, draft, data)


async def done(context: Context, action: Action, message: MessageRef) -> None:
    """Add the collected photos to the persona; raises UserError."""
    draft = await pending(context, action.row, Collection)
    if not draft.data.photos:
        raise UserError("collect-nothing", name=draft.data.name)
    persona = await references.named(context, draft.data.persona)
    async with context.services.database.read() as tx:
        found = await photos_.get(tx, draft.data.photos)
    await references.into(context, persona, found, draft=draft.id)
    await context.speak(_closed(draft.data), instead_of=message)


async def cancel(context: Context, action: Action, message: MessageRef) -> None:
    """Delete the collected photos; raises UserError."""
    draft = await pending(context, action.row, Collection)
    if not await _close(context, draft):
        raise UserError("button-over")
    await context.speak(_cancelled(draft.data), instead_of=message)


async def give_up(context: Context) -> bool:
    """Forget what is being gathered here; False when nothing is, or was when this event came first."""
    draft = await waiting(context)
    async with context.services.database.write() as tx:
        first = await events.claim(tx, context.event_id, context.now)
    if draft is None:
        return not first
    if await _close(context, draft):
        await context.say(_cancelled(draft.data))
    return True


async def _close(context: Context, draft: Draft[Collection]) -> bool:
    """Delete what was gathered; False when it has been given to the persona, or deleted, meanwhile."""
    async with context.services.database.write() as tx:
        settled = await rows.settle(tx, draft.id, context.now)
        now = await drafts.get(tx, draft.id, Collection)
    if settled:
        await forget(context, now.data.photos)
    return settled


async def _ask(context: Context, draft: Draft[Collection], data: Collection) -> None:
    """The question with its count, in the message that asked it first."""
    line = say("collect-question", name=data.name, count=len(data.photos))
    buttons = ((button("button-done", "collected", draft.id), button("button-cancel", "uncollect", draft.id)),)
    ref = await context.speak(Ask(lines=(line,), buttons=buttons, private=True), instead_of=data.message)
    if data.message is None and ref:
        async with context.services.database.write() as tx:
            await drafts.change(tx, draft.id, replace(data, message=ref))


def _cancelled(data: Collection) -> Say:
    return Say(lines=(say("collect-cancelled", name=data.name),), private=True)


def _closed(data: Collection) -> Say:
    return Say(lines=(say("collect-done", name=data.name, count=len(data.photos)),), private=True)
