"""Questions that one press answers; the draft behind each survives a restart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.core.chat.action_ids import Action
from bot.core.chat.messages import Ask, Button, Dollars, Say, Text, say
from bot.core.consent.rules import ANSWERS, photo_key
from bot.core.media.pictures import reference_picture
from bot.core.models.image_request import Wanted
from bot.core.runtime.context import Context
from providers.contract.model import Model
from storage.tables import drafts
from storage.tables.drafts import Draft
from storage.tables.images import Image
from storage.tables.personas import Persona
from storage.tables.references import ReferencePhoto

LIFE = 7 * 86_400_000
"""Milliseconds a question waits for its answer."""


def button(key: str, verb: str, row: str, arg: str = "", **words: Any) -> Button:
    """A plain button."""
    return Button(label=say(key, **words), action=str(Action(verb, row, arg)))


async def draft_of(context: Context, kind: str, data: Mapping[str, Any], life: int = LIFE) -> Draft:
    """A new draft of the asking person, alive for `life` milliseconds; it keeps the event it came from."""
    data = {"event": context.event_id, **data}
    async with context.parts.database.write() as tx:
        return await drafts.add(tx, context.owner, kind, data, (context.now, context.now + life))


def resumed(context: Context, draft: Draft) -> Context:
    """The answer's context as the event that began it, so that a redelivered one is known for what it is."""
    return replace(context, event_id=draft.data.get("event", context.event_id))


async def who_is_it(
    context: Context, wanted: Wanted, photos: tuple[ReferencePhoto, ...], persona: Persona | None
) -> None:
    """Ask who is on these photos of a person; the answer goes on with what they wanted."""
    asked = persona.id if persona and any(photo.persona == persona.id for photo in photos) else None
    data = {"next": "imagine", "wanted": wanted.data(), "persona": asked}
    await consent(context, data, photos, asked is not None)


async def consent(
    context: Context, data: Mapping[str, Any], photos: tuple[ReferencePhoto, ...], for_persona: bool
) -> None:
    """Ask who is on these photos, showing them; a persona is never made of a child."""
    keys = [photo_key(photo) for photo in photos if photo.faces]
    draft = await draft_of(context, "consent", {**data, "keys": keys})
    answers = [answer for answer in ANSWERS if not (for_persona and answer == "child")]
    rows = tuple((button(f"consent-answer-{answer}", "consent", draft.id, answer),) for answer in answers)
    pictures = tuple(reference_picture(photo, number) for number, photo in enumerate(photos[:4], 1))
    question = say("consent-question-persona") if for_persona else say("consent-question")
    await context.say(Ask(lines=(question,), buttons=rows, pictures=pictures, private=True))


@dataclass(frozen=True, slots=True)
class Offer:
    """A model and what each picture costs with it, in microdollars."""

    model: Model
    each: int


async def price(context: Context, wanted: Wanted, offer: Offer) -> None:
    """Ask whether the price of a request above the confirm limit is right."""
    agreed = replace(wanted, model=offer.model.id, confirmed=True)
    draft = await draft_of(context, "confirm", {"wanted": agreed.data()})
    line = say(
        "confirm-question",
        count=wanted.count,
        each=Dollars(offer.each),
        total=Dollars(wanted.count * offer.each),
        model=offer.model.name,
    )
    buttons = ((button("button-confirm", "confirm", draft.id), button("button-no", "drop", draft.id)),)
    await context.say(Ask(lines=(line,), buttons=buttons, private=True))


async def make_this(context: Context, wanted: Wanted, offer: Offer) -> None:
    """Offer to draw plain words of a private chat; words cost money only on purpose."""
    agreed = replace(wanted, model=offer.model.id, confirmed=True)
    draft = await draft_of(context, "confirm", {"wanted": agreed.data()})
    amount = wanted.count * offer.each
    line = say("make-this-question", prompt=wanted.prompt[:300], cost=cost(amount), model=offer.model.name)
    buttons = ((button("button-make", "confirm", draft.id), button("button-no", "drop", draft.id)),)
    await context.say(Ask(lines=(line,), buttons=buttons))


async def last_photo(context: Context, wanted: Wanted, photo: ReferencePhoto) -> None:
    """Offer the photo of the person's last request when a model needs one and none was sent."""
    draft = await draft_of(context, "confirm", {"wanted": wanted.data()})
    buttons = ((button("button-use-photo", "confirm", draft.id), button("button-no", "drop", draft.id)),)
    picture = reference_picture(photo, 1)
    await context.say(Ask(lines=(say("last-photo-question"),), buttons=buttons, pictures=(picture,), private=True))


async def which(context: Context, shown: Sequence[Image], verb: str) -> None:
    """Ask which of several pictures is meant."""
    buttons = tuple(button("button-number", verb, image.id, number=image.number, best="no") for image in shown)
    await context.say(Say(lines=(say(f"which-{verb}"),), buttons=(buttons,), private=True))


def cost(micro: int) -> Text:
    """An amount as words; nothing is "free"."""
    return say("cost", amount=Dollars(micro)) if micro else say("cost-free")
