"""/imagine, and photos or words that mean the same."""

from dataclasses import replace

from bot.core.chat.image_request import ImageRequest
from bot.core.chat.messages import Photo
from bot.core.chat.options import Options
from bot.core.media.photo_intake import stored
from bot.core.models import choosing
from bot.core.models.image_request import image_request_of
from bot.core.people import access
from bot.core.personas import photo_collection
from bot.core.requests import photo_offers, questions
from bot.core.requests.submit import load, offer_of, submit, submit_loaded
from bot.core.runtime.context import Context
from storage.db.database import Transaction


async def imagine(context: Context, options: Options, photos: tuple[Photo, ...]) -> None:
    """Draw what the options say; photos sent along are references. Raises UserError."""
    request = image_request_of(options, None, await stored(context, photos) if photos else ())
    async with context.services.database.read() as tx:
        request = replace(request, persona=await _persona(context, tx, options, photos))
        draft = None
        if not photos and not request.persona and _needs_photo(context, request):
            request, draft = await _with_waiting_photo(context, tx, request)
        loaded = await load(context, tx, request)
    await submit_loaded(context, loaded, draft=draft)


async def words(context: Context, text: str, photos: tuple[Photo, ...]) -> None:
    """What a person sent without a command: photos with words are a request, photos alone get an offer.

    Words alone are answered in private chats only: with a request when they follow a photo and cost nothing, else
    with the offer to make it.
    """
    if photos and not text and (collecting := await photo_collection.waiting(context)):
        await photo_collection.add(context, collecting, photos)
    elif photos and not text:
        await photo_offers.photo(context, await stored(context, photos))
    elif photos and context.in_group:
        await _offered(context, ImageRequest(prompt=text, photos=await stored(context, photos)))
    elif photos:
        await submit(context, ImageRequest(prompt=text, photos=await stored(context, photos)))
    elif text and not context.in_group:
        await _plain(context, ImageRequest(prompt=text))


async def _persona(context: Context, tx: Transaction, options: Options, photos: tuple[Photo, ...]) -> str | None:
    """The id of the persona that is named, or without photos the person's usual one; raises UserError."""
    if named := options.texts.get("persona"):
        return (await access.usable_persona(context, tx, named)).id
    return None if photos else await access.usual_persona(context, tx)


def _needs_photo(context: Context, request: ImageRequest) -> bool:
    return choosing.choose(context, request.model).capabilities.min_references > 0


async def _with_waiting_photo(
    context: Context, tx: Transaction, request: ImageRequest
) -> tuple[ImageRequest, str | None]:
    """The request with the photos that wait for words here, and the draft of their offer, where there are any."""
    waiting = await photo_offers.waiting_photo(context, tx)
    return (replace(request, photos=waiting.data.photos), waiting.id) if waiting else (request, None)


async def _offered(context: Context, request: ImageRequest) -> None:
    """In a group words cost money only on purpose: a request that costs something is offered with its price."""
    model = choosing.choose(context, None)
    if model.free:
        await submit(context, request)
    else:
        await questions.make_this(context, request, await offer_of(context, request))


async def _plain(context: Context, request: ImageRequest) -> None:
    model = choosing.choose(context, None)
    async with context.services.database.read() as tx:
        request, draft = await _with_waiting_photo(context, tx, request)
    if model.free and (draft or model.capabilities.min_references):
        await submit(context, request, draft=draft)
    else:
        await questions.make_this(context, request, await offer_of(context, request))
