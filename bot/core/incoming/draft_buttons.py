"""Answers to our questions: what a press on a draft's button does."""

from bot.core.chat.action_ids import Action
from bot.core.chat.errors import UserError
from bot.core.chat.messages import MessageRef, Say, say
from bot.core.consent.rules import ANSWERS, WORDING
from bot.core.curation import gallery, review_round
from bot.core.models.image_request import image_request_from
from bot.core.personas import persona_commands, references
from bot.core.requests import photo_offers
from bot.core.requests.submit import request
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import pending, resumed
from storage.tables import consents, drafts
from storage.tables import references as photos
from storage.tables.consents import Consent
from storage.tables.drafts import Draft


async def turn_page(context: Context, action: Action, message: MessageRef) -> None:
    draft = await pending(context, action.row, "gallery")
    await gallery.turn(context, draft, "newer" if action.arg == "newer" else "older", message)


async def shelf(context: Context, action: Action, message: MessageRef) -> None:
    """A picture of a gallery page, judged where it stands."""
    await gallery.judge_shown(context, await pending(context, action.row, "gallery"), action.arg, message)


async def card(context: Context, action: Action, message: MessageRef) -> None:
    """A button of the card a curation round shows."""
    verb, _, at = action.arg.partition("-")
    if verb not in ("keep", "reject", "best", "skip", "undo") or not at.isdecimal():
        raise UserError("button-unknown")
    draft = await pending(context, action.row, "curate")
    if int(at) == draft.data["at"]:  # a second tap on a card that is gone already does nothing
        await review_round.press(context, draft, verb, message)


async def archive(context: Context, action: Action, _: MessageRef) -> None:
    """The kept pictures of a curation round as one file."""
    await review_round.archive(context, await pending(context, action.row, "curate"))


async def consent(context: Context, action: Action, message: MessageRef) -> None:
    """Record who is on the photos, with the wording that was read, and go on with what was wanted."""
    draft = await pending(context, action.row, "consent")
    if action.arg not in ANSWERS:
        raise UserError("button-unknown")
    lasting = action.arg in ("me", "adult")
    subjects = [("photo", photo) for photo in draft.data["keys"]]
    subjects += [("user", context.user.id)] if lasting and draft.data["next"] != "persona" else []
    subjects += [("persona", draft.data["persona"])] if draft.data.get("persona") else []
    async with context.services.database.write() as tx:
        if not await drafts.settle(tx, draft.id, context.now):
            return
        for kind, subject in subjects:
            await consents.add(tx, Consent(context.user.id, kind, subject, action.arg, WORDING), context.now)
    answer = say("consent-recorded", answer=say(f"consent-answer-{action.arg}"))
    await context.speak(Say(lines=(answer,), private=True), instead_of=message)
    await _go_on(context, draft, action.arg)


async def _go_on(context: Context, draft: Draft, answer: str) -> None:
    data = draft.data
    match data["next"]:
        case "imagine":
            await request(resumed(context, draft), image_request_from(data["wanted"]))
        case "persona":
            await persona_commands.finish(context, data, answer)
        case "into":
            persona = await references.named(context, data["into"])
            async with context.services.database.read() as tx:
                found = await photos.get(tx, data["photos"])
            await references.into(context, persona, found, draft=data["draft"])
        case _:
            async with context.services.database.read() as tx:
                found = await photos.get(tx, data["photos"])
            if len(found) < len(data["photos"]):
                raise UserError("photo-gone")
            await photo_offers.offer(context, found, looks=data["looks"])


async def confirm(context: Context, action: Action, message: MessageRef) -> None:
    draft = await pending(context, action.row, "confirm")
    wanted = image_request_from(draft.data["wanted"])
    await request(resumed(context, draft), wanted, draft=draft.id)
    await context.speak(Say(lines=(say("confirm-yes"),), private=True), instead_of=message)


async def drop(context: Context, action: Action, message: MessageRef) -> None:
    """Leave a question alone; only the person who was asked can."""
    async with context.services.database.write() as tx:
        draft = await drafts.get(tx, action.row)
        if draft is not None and draft.user != context.user.id:
            raise UserError("button-unknown")
        if draft is not None:
            await drafts.settle(tx, draft.id, context.now)
    await context.speak(Say(lines=(say("confirm-no"),), private=True), instead_of=message)


async def make(context: Context, action: Action, _: MessageRef) -> None:
    await photo_offers.make_form(context, await pending(context, action.row, "photo"))


async def person(context: Context, action: Action, _: MessageRef) -> None:
    await photo_offers.person_form(context, await pending(context, action.row, "photo"))


async def add_to(context: Context, action: Action, _: MessageRef) -> None:
    await photo_offers.add_to(context, await pending(context, action.row, "photo"))


async def into(context: Context, action: Action, message: MessageRef) -> None:
    draft = await pending(context, action.row, "photo")
    known = draft.data.get("personas", [])
    if not action.arg.isdecimal() or int(action.arg) >= len(known):
        raise UserError("button-unknown")
    persona = await references.named(context, known[int(action.arg)])
    async with context.services.database.read() as tx:
        found = await photos.get(tx, draft.data["photos"])
    await references.into(context, persona, found, draft=draft.id)
    await context.speak(Say(lines=(say("confirm-yes"),), private=True), instead_of=message)


async def forget(context: Context, action: Action, message: MessageRef) -> None:
    await photo_offers.drop_photos(context, await pending(context, action.row, "photo"), message)
