"""Questions that one press answers; the draft behind each survives a restart."""

from dataclasses import dataclass, replace

from bot.core.chat.messages import Ask, Dollars, say
from bot.core.consent.question import ask_consent
from bot.core.media.pictures import reference_picture
from bot.core.models.image_request import ImageRequest
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import button, cost, draft_of
from providers.contract.model import Model
from storage.tables.personas import Persona
from storage.tables.references import ReferencePhoto


async def who_is_it(
    context: Context, wanted: ImageRequest, photos: tuple[ReferencePhoto, ...], persona: Persona | None
) -> None:
    """Ask who is on these photos of a person; the answer goes on with what they wanted."""
    asked = persona.id if persona and any(photo.persona == persona.id for photo in photos) else None
    data = {"next": "imagine", "wanted": wanted.data(), "persona": asked}
    await ask_consent(context, data, photos, asked is not None)


@dataclass(frozen=True, slots=True)
class PricedModel:
    """A model and what each picture costs with it, in microdollars."""

    model: Model
    each: int


async def price(context: Context, wanted: ImageRequest, offer: PricedModel) -> None:
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


async def make_this(context: Context, wanted: ImageRequest, offer: PricedModel) -> None:
    """Offer to draw plain words of a private chat; words cost money only on purpose."""
    agreed = replace(wanted, model=offer.model.id, confirmed=True)
    draft = await draft_of(context, "confirm", {"wanted": agreed.data()})
    amount = wanted.count * offer.each
    line = say("make-this-question", prompt=wanted.prompt[:300], cost=cost(amount), model=offer.model.name)
    buttons = ((button("button-make", "confirm", draft.id), button("button-no", "drop", draft.id)),)
    await context.say(Ask(lines=(line,), buttons=buttons))


async def last_photo(context: Context, wanted: ImageRequest, photo: ReferencePhoto) -> None:
    """Offer the photo of the person's last request when a model needs one and none was sent."""
    draft = await draft_of(context, "confirm", {"wanted": wanted.data()})
    buttons = ((button("button-use-photo", "confirm", draft.id), button("button-no", "drop", draft.id)),)
    picture = reference_picture(photo, 1)
    await context.say(Ask(lines=(say("last-photo-question"),), buttons=buttons, pictures=(picture,), private=True))
