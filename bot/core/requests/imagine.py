"""/imagine, and photos or words that mean the same."""

from dataclasses import replace

from bot.core.chat.messages import Photo
from bot.core.chat.options import Options
from bot.core.media.photo_intake import stored
from bot.core.models import choosing
from bot.core.models.image_request import ImageRequest, image_request_of
from bot.core.people import access
from bot.core.people.access import usual_persona
from bot.core.personas import photo_collection
from bot.core.requests import photo_offers, questions
from bot.core.requests.submit import offer_of, request
from bot.core.runtime.context import Context


async def imagine(context: Context, options: Options, photos: tuple[Photo, ...]) -> None:
    """Draw what the options say; photos sent along are references. Raises UserError."""
    named = options.texts.get("persona")
    persona = (await access.usable_persona(context, named)).id if named else None
    if persona is None and not photos:
        persona = await usual_persona(context)
    wanted = image_request_of(options, persona, ())
    await _with_photos(context, wanted, photos)


async def words(context: Context, text: str, photos: tuple[Photo, ...]) -> None:
    """What a person sent without a command: photos with words are a request, photos alone get an offer.

    Words alone are answered in private chats only: with a request when they follow a photo and cost nothing, else
    with the offer to make it.
    """
    if photos and not text and (collecting := await photo_collection.waiting(context)):
        await photo_collection.add(context, collecting, photos)
    elif photos and not text:
        await photo_offers.photo(context, await stored(context, photos))
    elif photos and context.place.audience == "group":
        await _offered(context, ImageRequest(prompt=text, photos=await stored(context, photos)))
    elif photos:
        await _with_photos(context, ImageRequest(prompt=text), photos)
    elif text and context.place.audience == "private":
        await _plain(context, ImageRequest(prompt=text))


async def _with_photos(context: Context, wanted: ImageRequest, photos: tuple[Photo, ...]) -> None:
    if photos:
        await request(context, replace(wanted, photos=await stored(context, photos)))
        return
    waiting = await photo_offers.waiting_photo(context)
    needs = choosing.choose(context, wanted.model).capabilities.min_references
    if waiting and needs and not wanted.persona:
        await request(context, replace(wanted, photos=tuple(waiting.data["photos"])), draft=waiting.id)
    else:
        await request(context, wanted)


async def _offered(context: Context, wanted: ImageRequest) -> None:
    """In a group words cost money only on purpose: what costs something is offered with its price."""
    model = choosing.choose(context, None)
    if model.free:
        await request(context, wanted)
    else:
        await questions.make_this(context, wanted, await offer_of(context, wanted))


async def _plain(context: Context, wanted: ImageRequest) -> None:
    model = choosing.choose(context, None)
    waiting = await photo_offers.waiting_photo(context)
    if waiting:
        wanted = replace(wanted, photos=tuple(waiting.data["photos"]))
    if model.free and (waiting or model.capabilities.min_references):
        await request(context, wanted, draft=waiting.id if waiting else None)
    else:
        await questions.make_this(context, wanted, await offer_of(context, wanted))
