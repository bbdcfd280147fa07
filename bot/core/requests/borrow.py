"""Borrow photos from another person's message: the owner is asked by a button, and until then they stay theirs."""

from dataclasses import replace

from bot.core.chat.action_ids import Action
from bot.core.chat.errors import UserError
from bot.core.chat.image_request import ImageRequest
from bot.core.chat.messages import Ask, Borrow, MessageRef, Say, Who, say
from bot.core.media.photo_intake import UNPRESSED, forget, stored, take_in
from bot.core.requests import imagine, photo_offers
from bot.core.requests.photo_offers import add_rows, offer_rows
from bot.core.runtime import drafts
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import Confirm, Lend, PhotoOffer
from bot.core.runtime.open_questions import button, draft_of
from storage.tables import drafts as rows
from storage.tables import generations, people, posted_messages, references
from storage.tables.drafts import Draft


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
    data = Lend(photos=taken.ids, owner=owner.id, name=context.user.name, text=asked.text, purpose=asked.purpose)
    draft = await draft_of(context, data, UNPRESSED)
    buttons = ((button("button-lend", "lend", draft.id, "yes"), button("button-keep-back", "lend", draft.id, "no")),)
    question = say("lend-question", owner=owner.name, name=context.user.name, count=len(taken.photos))
    await context.say(Ask(lines=(question,), buttons=buttons))


async def _own(context: Context, asked: Borrow) -> None:
    """A person's own photos: to a persona of theirs where that was meant, else to whatever they choose."""
    if asked.purpose == "persona":
        ids = await stored(context, asked.photos)
        await photo_offers.add_to(context, await draft_of(context, PhotoOffer(photos=ids), UNPRESSED))
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


async def answer(context: Context, action: Action, message: MessageRef) -> None:
    """The owner lends the photos or keeps them back; raises UserError for anybody else."""
    async with context.services.database.read() as tx:
        draft = await drafts.get(tx, action.row, Lend)
    if draft.data.owner != context.user.id:
        raise UserError("lend-not-yours")
    if draft.expires_at <= context.now:
        raise UserError("button-over")
    if action.arg != "yes":
        await _keep_back(context, draft, message)
        return
    async with context.services.database.write() as tx:
        if not await rows.settle(tx, draft.id, context.now):
            raise UserError("button-over")
        await references.hand_over(tx, draft.data.photos, draft.user)
    await context.speak(await _lent(context, draft), instead_of=message)


async def _keep_back(context: Context, draft: Draft[Lend], message: MessageRef) -> None:
    async with context.services.database.write() as tx:
        await rows.settle(tx, draft.id, context.now)
    await forget(context, draft.data.photos)
    line = say("lend-declined", owner=context.user.name, name=draft.data.name)
    await context.speak(Say(lines=(line,)), instead_of=message)


async def _lent(context: Context, draft: Draft[Lend]) -> Ask:
    """The offer to the borrower of what can be done with the photos now; its buttons are theirs alone."""
    lent = draft.data
    line = say("lend-agreed", owner=context.user.name, name=draft.data.name)
    theirs = replace(context.new_draft(UNPRESSED), user=draft.user, workspace=draft.workspace, event=draft.id)
    async with context.services.database.write() as tx:
        if lent.text:
            request = ImageRequest(prompt=lent.text, photos=lent.photos)
            id_ = (await drafts.add(tx, theirs, Confirm(request=request))).id
            return Ask(
                lines=(line,), buttons=((button("button-make", "confirm", id_), button("button-no", "drop", id_)),)
            )
        offer = await drafts.add(tx, theirs, PhotoOffer(photos=lent.photos))
    return Ask(lines=(line,), buttons=add_rows(offer.id) if lent.purpose == "persona" else offer_rows(offer.id))
