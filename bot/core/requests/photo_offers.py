"""Photos without words: offer what can be made of them."""

from dataclasses import replace

from bot.core.chat.errors import UserError
from bot.core.chat.image_request import ImageRequest
from bot.core.chat.messages import Ask, Choice, Field, Form, MessageRef, Rows, Say, say
from bot.core.consent.checks import judge_photos
from bot.core.consent.question import ask_consent
from bot.core.media.photo_intake import UNPRESSED, forget
from bot.core.media.pictures import reference_picture
from bot.core.requests.submit import submit
from bot.core.runtime import drafts, open_questions
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import PhotoOffer, ThenOffer
from bot.core.runtime.open_questions import button, draft_of
from bot.locales.words import render
from storage.db.database import Transaction
from storage.tables import drafts as rows
from storage.tables import personas, references
from storage.tables.drafts import Draft
from storage.tables.enums import PersonaKind
from storage.tables.references import ReferencePhoto

LOOKS = 6
"""Pictures a first photo yields where no model costs money: one of each local look."""


async def photo(context: Context, ids: tuple[str, ...]) -> None:
    """Offer what can be made of photos; the first photo of a person yields the local looks where nothing is paid."""
    async with context.services.database.read() as tx:
        found = await references.get(tx, ids)
        first = await references.count_of(tx, context.user.id) == len(ids)
    free = [model for model in context.services.drawing.models if model.free]
    looks = first and len(free) == len(context.services.drawing.models)
    ruling = await judge_photos(context, found)
    if ruling.refused:
        raise UserError(ruling.refused)
    if ruling.ask:
        await ask_consent(context, ThenOffer(photos=ids, looks=looks), found, for_persona=False)
        return
    await offer(context, found, looks=looks)


async def offer(context: Context, found: tuple[ReferencePhoto, ...], *, looks: bool) -> None:
    """Ask what to make of photos whose consent is settled, and show the local looks of a first one."""
    draft = await draft_of(context, PhotoOffer(photos=tuple(one.id for one in found)), UNPRESSED)
    pictures = tuple(reference_picture(one, number) for number, one in enumerate(found[:4], 1))
    line = say("offer-question", count=len(found))
    await context.say(Ask(lines=(line,), buttons=offer_rows(draft.id), pictures=pictures))
    if looks:
        prompt = render("looks-prompt", {}, context.locale)
        await submit(context, ImageRequest(prompt=prompt, command="looks", photos=(found[0].id,), count=LOOKS))


def offer_rows(draft: str) -> Rows:
    """The four things that can be done with photos nobody said anything about."""
    make = (button("button-offer-make", "make", draft), button("button-offer-persona", "person", draft))
    return (make, *add_rows(draft))


def add_rows(draft: str) -> Rows:
    """Adding photos to a persona, or forgetting them."""
    return ((button("button-offer-add", "addto", draft), button("button-offer-forget", "forget", draft)),)


async def waiting_photo(context: Context, tx: Transaction) -> Draft[PhotoOffer] | None:
    """The offer about a photo that still waits for this person here, or None."""
    return await open_questions.latest(context, tx, PhotoOffer)


async def make_form(context: Context, draft: Draft[PhotoOffer]) -> None:
    """Ask for the words of a picture."""
    field = Field(name="prompt", label=say("option-prompt"), kind="words")
    form = Form(id=f"v1:make:{draft.id}", title=say("form-make"), fields=(field,), send=say("button-make"))
    await context.say(form)


async def person_form(context: Context, draft: Draft[PhotoOffer]) -> None:
    """Ask for the name of a new persona."""
    kinds = tuple(Choice(value=kind, label=say(f"choice-{kind}")) for kind in PersonaKind)
    fields = (
        Field(name="name", label=say("option-name"), longest=60),
        Field(name="kind", label=say("option-kind"), kind="choice", value=PersonaKind.REAL, choices=kinds),
        Field(name="description", label=say("option-description"), kind="words", required=False, longest=1000),
    )
    form = Form(id=f"v1:person:{draft.id}", title=say("form-persona"), fields=fields, send=say("button-create"))
    await context.say(form)


async def add_to(context: Context, draft: Draft[PhotoOffer]) -> None:
    """Ask to which persona photos go."""
    async with context.services.database.read() as tx:
        known = await personas.owned(tx, context.user.id, limit=10)
    if not known:
        raise UserError("offer-no-personas")
    async with context.services.database.write() as tx:
        await drafts.change(tx, draft.id, replace(draft.data, personas=tuple(one.id for one in known)))
    choices = tuple(
        (button("button-persona", "into", draft.id, str(at), name=one.name),) for at, one in enumerate(known)
    )
    await context.say(Ask(lines=(say("offer-which-persona"),), buttons=choices, private=True))


async def drop_photos(context: Context, draft: Draft[PhotoOffer], message: MessageRef) -> None:
    """Delete the photos of an offer at once."""
    async with context.services.database.write() as tx:
        await rows.settle(tx, draft.id, context.now)
    count = await forget(context, draft.data.photos)
    await context.speak(Say(lines=(say("offer-forgotten", count=count),)), instead_of=message)
