"""Questions that one press answers; the draft behind each survives a restart."""

from dataclasses import dataclass, replace

from bot.core.chat.image_request import ImageRequest
from bot.core.chat.messages import Ask, Dollars, say
from bot.core.consent.question import ask_consent
from bot.core.media.pictures import reference_picture
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import Confirm, ThenDraw
from bot.core.runtime.open_questions import button, cost, draft_of
from providers.contract.model import Model
from storage.tables.personas import Persona
from storage.tables.references import ReferencePhoto


async def who_is_it(
    context: Context, request: ImageRequest, photos: tuple[ReferencePhoto, ...], persona: Persona | None
) -> None:
    """Ask who is on these photos of a person; the answer goes on with what they request."""
    asked = persona.id if persona and any(photo.persona == persona.id for photo in photos) else None
    await ask_consent(context, ThenDraw(request=request, persona=asked), photos, for_persona=asked is not None)


@dataclass(frozen=True, slots=True)
class PricedModel:
    """A model and what each picture costs with it, in microdollars."""

    model: Model
    each: int


async def price(context: Context, request: ImageRequest, offer: PricedModel) -> None:
    """Ask whether the price of a request above the confirm limit is right."""
    agreed = replace(request, model=offer.model.id, confirmed=True)
    draft = await draft_of(context, Confirm(request=agreed))
    line = say(
        "confirm-question",
        count=request.count,
        each=Dollars(offer.each),
        total=Dollars(request.count * offer.each),
        model=offer.model.name,
    )
    buttons = ((button("button-confirm", "confirm", draft.id), button("button-no", "drop", draft.id)),)
    await context.say(Ask(lines=(line,), buttons=buttons, private=True))


async def make_this(context: Context, request: ImageRequest, offer: PricedModel) -> None:
    """Offer to draw plain words of a private chat; words cost money only on purpose."""
    agreed = replace(request, model=offer.model.id, confirmed=True)
    draft = await draft_of(context, Confirm(request=agreed))
    amount = request.count * offer.each
    line = say("make-this-question", prompt=request.prompt[:300], cost=cost(amount), model=offer.model.name)
    buttons = ((button("button-make", "confirm", draft.id), button("button-no", "drop", draft.id)),)
    await context.say(Ask(lines=(line,), buttons=buttons))


async def last_photo(context: Context, request: ImageRequest, photo: ReferencePhoto) -> None:
    """Offer the photo of the person's last request when a model needs one and none was sent."""
    draft = await draft_of(context, Confirm(request=request))
    buttons = ((button("button-use-photo", "confirm", draft.id), button("button-no", "drop", draft.id)),)
    picture = reference_picture(photo, 1)
    await context.say(Ask(lines=(say("last-photo-question"),), buttons=buttons, pictures=(picture,), private=True))
