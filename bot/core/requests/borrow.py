"""Using a photo of somebody else's message: that person is asked by a button, and until then it stays theirs."""

from dataclasses import replace
from typing import Any

from bot.core.chat.errors import UserError
from bot.core.chat.messages import Ask, Borrow, MessageRef, Rows, Say, Who, say
from bot.core.media.photo_intake import UNPRESSED, forget, stored, take_in
from bot.core.models.image_request import ImageRequest
from bot.core.requests import imagine, photo_offers
from bot.core.requests.photo_offers import add_rows, offer_rows
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import button, draft_of
from storage.tables import drafts, generations, people, posted_messages, references
from storage.tables.drafts import Draft

KIND = "lend"


async def borrow(context: Context, asked: Borrow) -> None:
    """Go on with photos that are the person's own; ask the owner of anybody else's. Raises UserError."""
    if not asked.photos:
        raise UserError("borrow-no-photo")
    asked = replace(asked, owner=await _requester(context, asked.source) or asked.owner)
    if (asked.owner.platform, asked.owner.id) == (context.who.platform, context.who.id):
        await _own(context, asked)
        return
    async with context.services.database.write() as tx:
        owner = await people.find_or_add(tx, asked.owner.platform, asked.owner.id, asked.owner.name, context.now)
    taken = await take_in(context, asked.photos, owner=owner.id)
    data: dict[str, Any] = {"photos": list(taken.ids), "text": asked.text, "owner": owner.id, "name": context.user.name}
    data["purpose"] = asked.purpose
    draft = await draft_of(context, KIND, data, UNPRESSED)
    buttons = ((button("button-lend", KIND, draft.id, "yes"), button("button-keep-back", KIND, draft.id, "no")),)
    question = say("lend-question", owner=owner.name, name=context.user.name, count=len(taken.photos))
    await context.say(Ask(lines=(question,), buttons=buttons))


async def _own(context: Context, asked: Borrow) -> None:
    """A person's own photos: to a persona of theirs where that was meant, else to whatever they choose."""
    if asked.purpose == "persona":
        ids = await stored(context, asked.photos)
        await photo_offers.add_to(context, await draft_of(context, "photo", {"photos": list(ids)}, UNPRESSED))
    else:
        await imagine.words(context, asked.text, asked.photos)


async def _requester(context: Context, source: MessageRef | None) -> Who | None:
    """Whoever asked for the pictures of a message of ours; None where it shows none."""
    if source is None:
        return None
    async with context.services.database.read() as tx:
        posted = await posted_messages.find(tx, source.platform, source.chat, source.id)
        generation = await generations.get(tx, posted.generation) if posted else None
        user = await people.get(tx, generation.user) if generation else None
        id_ = await people.identity(tx, user.id, source.platform) if user else None
    return Who(source.platform, id_, user.name) if user and id_ else None


async def answer(context: Context, id_: str, arg: str, message: MessageRef) -> None:
    """The owner lends the photos or keeps them back; raises UserError for anybody else."""
    async with context.services.database.read() as tx:
        draft = await drafts.get(tx, id_)
    if draft is None or draft.kind != KIND:
        raise UserError("button-unknown")
    if draft.data["owner"] != context.user.id:
        raise UserError("lend-not-yours")
    if draft.expires_at <= context.now:
        raise UserError("button-over")
    if arg != "yes":
        await _keep_back(context, draft, message)
        return
    async with context.services.database.write() as tx:
        if not await drafts.settle(tx, draft.id, context.now):
            raise UserError("button-over")
        await references.hand_over(tx, draft.data["photos"], draft.user)
    await context.speak(await _lent(context, draft), instead_of=message)


async def _keep_back(context: Context, draft: Draft, message: MessageRef) -> None:
    async with context.services.database.write() as tx:
        await drafts.settle(tx, draft.id, context.now)
    await forget(context, tuple(draft.data["photos"]))
    line = say("lend-declined", owner=context.user.name, name=draft.data["name"])
    await context.speak(Say(lines=(line,)), instead_of=message)


async def _lent(context: Context, draft: Draft) -> Ask:
    """What whoever borrowed the photos can do with them now; the buttons are theirs alone."""
    text, photos, owner = draft.data["text"], draft.data["photos"], (draft.user, draft.workspace)
    line = say("lend-agreed", owner=context.user.name, name=draft.data["name"])
    times = (context.now, context.now + UNPRESSED)
    async with context.services.database.write() as tx:
        if text:
            wanted = ImageRequest(prompt=text, photos=tuple(photos))
            going_on = await drafts.add(tx, owner, "confirm", {"wanted": wanted.data(), "event": draft.id}, times)
            rows: Rows = ((button("button-make", "confirm", going_on.id), button("button-no", "drop", going_on.id)),)
        else:
            going_on = await drafts.add(tx, owner, "photo", {"photos": photos, "event": draft.id}, times)
            rows = add_rows(going_on) if draft.data.get("purpose") == "persona" else offer_rows(going_on)
    return Ask(lines=(line,), buttons=rows)
