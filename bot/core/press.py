"""What our buttons and forms do. They work months later: the id names the row, the row says the rest."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from bot.core import cancel, gallery, offers, personas, preferences, references, sight, trash
from bot.core.actions import Action, parse
from bot.core.catalogue import PERSONA_KINDS, PROMPT_LONGEST
from bot.core.consent import ANSWERS, WORDING
from bot.core.context import Context
from bot.core.errors import Sorry
from bot.core.judge import ALL, VERBS, judge, refresh
from bot.core.messages import MessageRef, Press, Say, Submit, say
from bot.core.request import request
from bot.core.wanted import Wanted, wanted_from
from storage import consents, drafts
from storage import references as photos
from storage.consents import Consent
from storage.drafts import Draft

Handler: TypeAlias = Callable[[Context, Action, MessageRef], Awaitable[None]]


async def press(context: Context, pressed: Press) -> None:
    """Do what a button says; raises Sorry for one that no longer works or is somebody else's."""
    action = parse(pressed.action)
    if action is None:
        raise Sorry("button-unknown")
    if action.verb in VERBS:
        image = await sight.image(context, action.row)
        await judge(context, [image.id], VERBS[action.verb])
    elif action.verb in ALL:
        _, slots = await sight.generation(context, action.row)
        await judge(context, [slot.id for slot in slots if slot.status == "done"], ALL[action.verb])
    elif handler := _HANDLERS.get(action.verb):
        await handler(context, action, pressed.message)
    else:
        raise Sorry("button-unknown")


async def submit(context: Context, submitted: Submit) -> None:
    """Take a filled form; raises Sorry for one that is over or filled wrongly."""
    action = parse(submitted.form)
    fields = {name: value.strip() for name, value in submitted.fields.items()}
    match action:
        case Action("make", row):
            draft = await _draft(context, row, "photo")
            prompt = _bounded("prompt", fields.get("prompt", ""), PROMPT_LONGEST)
            await request(context, Wanted(prompt=prompt, photos=tuple(draft.data["photos"])), draft=draft.id)
        case Action("person", row):
            draft = await _draft(context, row, "photo")
            name = _bounded("name", fields.get("name", ""), 60)
            kind = fields.get("kind", "real")
            about = fields.get("description", "")[:1000]
            if kind not in PERSONA_KINDS:
                raise Sorry("button-unknown")
            await personas.begin(context, (name, kind, about), tuple(draft.data["photos"]), draft.id)
        case Action("settings", _):
            await preferences.change(context, fields)
        case _:
            raise Sorry("button-unknown")


async def _draft(context: Context, id_: str, kind: str) -> Draft:
    async with context.parts.database.read() as tx:
        draft = await drafts.get(tx, id_)
    if draft is None or draft.kind != kind or draft.user != context.user.id:
        raise Sorry("button-unknown")
    if draft.settled_at is not None or draft.expires_at <= context.now:
        raise Sorry("button-over")
    return draft


def _bounded(name: str, value: str, most: int) -> str:
    if not value:
        raise Sorry("error-field-missing", option=say(f"option-{name}"))
    if len(value) > most:
        raise Sorry("error-option-long", option=say(f"option-{name}"), length=len(value), most=most)
    return value


async def _trash(context: Context, action: Action, _: MessageRef) -> None:
    await trash.trash(context, action.row)


async def _restore(context: Context, action: Action, _: MessageRef) -> None:
    await trash.restore(context, action.row)


async def _page(context: Context, action: Action, _: MessageRef) -> None:
    await sight.generation(context, action.row)
    if not action.arg.isdecimal():
        raise Sorry("button-unknown")
    await refresh(context.parts, action.row, page=int(action.arg))


async def _cancel(context: Context, action: Action, _: MessageRef) -> None:
    await cancel.cancel(context, action.row)


async def _gallery(context: Context, action: Action, message: MessageRef) -> None:
    draft = await _draft(context, action.row, "gallery")
    await gallery.turn(context, draft, "newer" if action.arg == "newer" else "older", message)


async def _consent(context: Context, action: Action, message: MessageRef) -> None:
    """Record who is on the photos, with the wording that was read, and go on with what was wanted."""
    draft = await _draft(context, action.row, "consent")
    if action.arg not in ANSWERS:
        raise Sorry("button-unknown")
    lasting = action.arg in ("me", "adult")
    subjects = [("photo", photo) for photo in draft.data["photos"]]
    subjects += [("user", context.user.id)] if lasting and draft.data["next"] != "persona" else []
    subjects += [("persona", draft.data["persona"])] if draft.data.get("persona") else []
    async with context.parts.database.write() as tx:
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
            await request(context, wanted_from(data["wanted"]))
        case "persona":
            await personas.finish(context, data, answer)
        case _:
            async with context.parts.database.read() as tx:
                found = await photos.get(tx, data["photos"])
            await offers.offer(context, found, looks=data["looks"])


async def _confirm(context: Context, action: Action, message: MessageRef) -> None:
    draft = await _draft(context, action.row, "confirm")
    wanted = wanted_from({**draft.data["wanted"], "confirmed": True})
    await request(context, wanted, draft=draft.id)
    await context.speak(Say(lines=(say("confirm-yes"),), private=True), instead_of=message)


async def _drop(context: Context, action: Action, message: MessageRef) -> None:
    async with context.parts.database.write() as tx:
        draft = await drafts.get(tx, action.row)
        if draft and draft.user == context.user.id:
            await drafts.settle(tx, draft.id, context.now)
    await context.speak(Say(lines=(say("confirm-no"),), private=True), instead_of=message)


async def _make(context: Context, action: Action, _: MessageRef) -> None:
    await offers.make_form(context, await _draft(context, action.row, "photo"))


async def _person(context: Context, action: Action, _: MessageRef) -> None:
    await offers.person_form(context, await _draft(context, action.row, "photo"))


async def _add_to(context: Context, action: Action, _: MessageRef) -> None:
    await offers.add_to(context, await _draft(context, action.row, "photo"))


async def _into(context: Context, action: Action, message: MessageRef) -> None:
    draft = await _draft(context, action.row, "photo")
    known = draft.data.get("personas", [])
    if not action.arg.isdecimal() or int(action.arg) >= len(known):
        raise Sorry("button-unknown")
    persona = await references.named(context, known[int(action.arg)])
    async with context.parts.database.read() as tx:
        found = await photos.get(tx, draft.data["photos"])
    await references.into(context, persona, found, draft=draft.id)
    await context.speak(Say(lines=(say("confirm-yes"),), private=True), instead_of=message)


async def _forget(context: Context, action: Action, message: MessageRef) -> None:
    await offers.drop_photos(context, await _draft(context, action.row, "photo"), message)


async def _settings(context: Context, action: Action, _: MessageRef) -> None:
    await preferences.form(context)


async def _unmake(context: Context, action: Action, message: MessageRef) -> None:
    await personas.delete(context, action.row, message)


_HANDLERS: Mapping[str, Handler] = {
    "trash": _trash, "restore": _restore, "page": _page, "cancel": _cancel, "gallery": _gallery,
    "consent": _consent, "confirm": _confirm, "drop": _drop, "make": _make, "person": _person,
    "addto": _add_to, "into": _into, "forget": _forget, "settings": _settings, "unmake": _unmake,
}  # fmt: skip
