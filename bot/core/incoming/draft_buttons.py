"""Buttons of drafts: the answers to our questions, pages of a gallery, cards of a round."""

from collections.abc import Iterator
from typing import assert_never

from bot.core.chat.action_ids import Action
from bot.core.chat.errors import UserError
from bot.core.chat.messages import MessageRef, Say, say
from bot.core.consent.rules import ANSWERS, LASTING, WORDING
from bot.core.curation import gallery, review_round
from bot.core.personas import persona_commands, references
from bot.core.requests import photo_offers
from bot.core.requests.submit import submit
from bot.core.runtime import drafts
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import (
    Confirm,
    GalleryPage,
    PhotoOffer,
    ReviewRound,
    Then,
    ThenAdd,
    ThenCreate,
    ThenDraw,
    ThenOffer,
)
from bot.core.runtime.open_questions import pending, resumed
from storage.tables import consents
from storage.tables import drafts as rows
from storage.tables import references as photos
from storage.tables.consents import Consent, Subject
from storage.tables.enums import Answer, SubjectKind


async def turn_page(context: Context, action: Action, message: MessageRef) -> None:
    draft = await pending(context, action.row, GalleryPage)
    await gallery.turn(context, draft, "newer" if action.arg == "newer" else "older", message)


async def shelf(context: Context, action: Action, message: MessageRef) -> None:
    """A picture of a gallery page, judged where it stands."""
    await gallery.judge_shown(context, await pending(context, action.row, GalleryPage), action.arg, message)


async def card(context: Context, action: Action, message: MessageRef) -> None:
    """A button of the card a curation round shows."""
    verb, _, at = action.arg.partition("-")
    if verb not in ("keep", "reject", "best", "skip", "undo") or not at.isdecimal():
        raise UserError("button-unknown")
    draft = await pending(context, action.row, ReviewRound)
    if int(at) == draft.data.at:  # a second tap on a card that is gone already does nothing
        await review_round.press(context, draft, verb, message)


async def archive(context: Context, action: Action, _: MessageRef) -> None:
    """The kept pictures of a curation round as one file."""
    await review_round.archive(context, await pending(context, action.row, ReviewRound))


async def consent(context: Context, action: Action, message: MessageRef) -> None:
    """Record who is on the photos and the wording that was read, then do what waited for the answer."""
    draft = await pending(context, action.row, drafts.Consent)
    answer = next((one for one in ANSWERS if one == action.arg), None)
    if answer is None:
        raise UserError("button-unknown")
    async with context.services.database.write() as tx:
        if not await rows.settle(tx, draft.id, context.now):
            return
        for subject in _subjects(context, draft.data, answer):
            await consents.add(tx, Consent(context.user.id, subject, answer, WORDING), context.now)
    recorded = say("consent-recorded", answer=say(f"consent-answer-{answer}"))
    await context.speak(Say(lines=(recorded,), private=True), instead_of=message)
    await _go_on(resumed(context, draft), draft.data.then, answer)


def _subjects(context: Context, asked: drafts.Consent, answer: Answer) -> Iterator[Subject]:
    """Everything an answer holds for: the photos, the persona they are of, and the person's later photos."""
    for key in asked.keys:
        yield Subject(SubjectKind.PHOTO, key)
    if answer in LASTING and not isinstance(asked.then, ThenCreate):
        yield Subject(SubjectKind.USER, context.user.id)
    if isinstance(asked.then, ThenDraw) and asked.then.persona:
        yield Subject(SubjectKind.PERSONA, asked.then.persona)


async def _go_on(context: Context, then: Then, answer: Answer) -> None:
    match then:
        case ThenDraw(request=request):
            await submit(context, request)
        case ThenCreate():
            await persona_commands.finish(context, then, answer)
        case ThenAdd(persona=id_, photos=ids, draft=draft):
            persona = await references.named(context, id_)
            async with context.services.database.read() as tx:
                found = await photos.get(tx, ids)
            await references.into(context, persona, found, draft=draft)
        case ThenOffer(photos=ids, looks=looks):
            async with context.services.database.read() as tx:
                found = await photos.get(tx, ids)
            if len(found) < len(ids):
                raise UserError("photo-gone")
            await photo_offers.offer(context, found, looks=looks)
        case _:
            assert_never(then)


async def confirm(context: Context, action: Action, message: MessageRef) -> None:
    draft = await pending(context, action.row, Confirm)
    await submit(resumed(context, draft), draft.data.request, draft=draft.id)
    await context.speak(Say(lines=(say("confirm-yes"),), private=True), instead_of=message)


async def drop(context: Context, action: Action, message: MessageRef) -> None:
    """Leave a question alone; only the person who was asked can."""
    async with context.services.database.write() as tx:
        draft = await rows.get(tx, action.row)
        if draft is not None and draft.user != context.user.id:
            raise UserError("button-unknown")
        if draft is not None:
            await rows.settle(tx, draft.id, context.now)
    await context.speak(Say(lines=(say("confirm-no"),), private=True), instead_of=message)


async def make(context: Context, action: Action, _: MessageRef) -> None:
    await photo_offers.make_form(context, await pending(context, action.row, PhotoOffer))


async def person(context: Context, action: Action, _: MessageRef) -> None:
    await photo_offers.person_form(context, await pending(context, action.row, PhotoOffer))


async def add_to(context: Context, action: Action, _: MessageRef) -> None:
    await photo_offers.add_to(context, await pending(context, action.row, PhotoOffer))


async def into(context: Context, action: Action, message: MessageRef) -> None:
    draft = await pending(context, action.row, PhotoOffer)
    known = draft.data.personas
    if not action.arg.isdecimal() or int(action.arg) >= len(known):
        raise UserError("button-unknown")
    persona = await references.named(context, known[int(action.arg)])
    async with context.services.database.read() as tx:
        found = await photos.get(tx, draft.data.photos)
    await references.into(context, persona, found, draft=draft.id)
    await context.speak(Say(lines=(say("confirm-yes"),), private=True), instead_of=message)


async def forget(context: Context, action: Action, message: MessageRef) -> None:
    await photo_offers.drop_photos(context, await pending(context, action.row, PhotoOffer), message)
