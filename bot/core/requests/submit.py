"""From a request to its acceptance: the photos and their consent, the model, the price."""

from dataclasses import dataclass, replace

from bot.core.chat.errors import UserError
from bot.core.chat.image_request import ImageRequest
from bot.core.consent import content_rules
from bot.core.consent.checks import behind, check_persona, rule, strictest
from bot.core.consent.rules import Ruling
from bot.core.models import choosing
from bot.core.models.pricing import price_of
from bot.core.people import access
from bot.core.requests import accept, questions, templates
from bot.core.requests.accepted_request import ValidatedRequest
from bot.core.requests.questions import PricedModel
from bot.core.runtime.context import Context
from prompts.library import Template
from providers.contract.model import Model, Role
from storage.db.database import Transaction
from storage.tables import generations, personas, references
from storage.tables.personas import Persona
from storage.tables.references import ReferencePhoto

_BY_ROLE = (Role.FACE, Role.BODY, Role.OBJECT, Role.OUTFIT, Role.POSE, Role.STYLE, Role.SCENE)
"""The order in which a prompt names a persona's photos."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedRequest:
    """A request with everything it depends on, read in one transaction.

    `photos` are in the order the prompt names them; `rulings` also cover the photos its parent was made from, and
    `words` are all that the content rules check. `last_photo` can be offered where the model needs one.
    """

    request: ImageRequest
    model: Model
    template: Template | None
    persona: Persona | None
    photos: tuple[ReferencePhoto, ...]
    rulings: tuple[tuple[ReferencePhoto, Ruling], ...]
    words: str
    last_photo: ReferencePhoto | None

    @property
    def ruling(self) -> Ruling:
        """The strictest ruling."""
        return strictest(self.rulings)


async def submit(context: Context, request: ImageRequest, *, draft: str | None = None) -> None:
    """Check, price and accept a request, or ask the question that stands in the way; raises UserError.

    `draft` is settled together with the acceptance.
    """
    if request.parent:
        await access.image(context, request.parent)  # may ask the platform, so outside of the transaction
    async with context.services.database.read() as tx:
        loaded = await load(context, tx, request)
    await submit_loaded(context, loaded, draft=draft)


async def load(context: Context, tx: Transaction, request: ImageRequest) -> LoadedRequest:
    """Read everything a request depends on; raises UserError for a pause and for whatever is missing or not theirs."""
    if not request.prompt.strip():
        raise UserError("error-prompt-empty")
    await content_rules.check_pause(context, tx)
    model = choosing.choose(context, request.model)
    template = await templates.chosen(context, tx, request.template)
    request = templates.framed(choosing.fitted(request, model), template, model)
    persona, photos = await _subjects(context, tx, request, model)
    past = await behind(tx, request.parent)
    older = tuple(photo for photo in past.photos if photo not in photos)
    about = f"{persona.name} {persona.description} {persona.marks}" if persona else ""
    needs_photo = not photos and not request.parent and model.capabilities.min_references
    return LoadedRequest(
        request=request,
        model=model,
        template=template,
        persona=persona,
        photos=photos,
        rulings=tuple(await rule(context, tx, (*photos, *older), persona)),
        words="\n".join((request.prompt, about, *past.prompts)),
        last_photo=await _last_photo(context, tx) if needs_photo else None,
    )


async def submit_loaded(context: Context, loaded: LoadedRequest, *, draft: str | None = None) -> None:
    """As `submit`, with a request whose dependencies were read."""
    request, model, ruling = loaded.request, loaded.model, loaded.ruling
    await content_rules.check_words(context, loaded.words, young=ruling.child)
    if last := loaded.last_photo:
        await questions.last_photo(context, replace(request, photos=(last.id,)), last)
        return
    if ruling.refused:
        raise UserError(ruling.refused)
    if ruling.ask:
        asked = tuple(photo for photo, one in loaded.rulings if one.ask)
        await questions.who_is_it(context, request, asked, loaded.persona)
        return
    choosing.check(model, request, len(loaded.photos) + _own_pixels(request, model))
    if ruling.child:
        request = _for_child(request, model)
    await _priced(context, replace(loaded, request=request), draft)


async def _priced(context: Context, loaded: LoadedRequest, draft: str | None) -> None:
    """Accept a request that passed every check, or ask whether its price is right."""
    request, model = loaded.request, loaded.model
    each = price_of(model, request, len(loaded.photos))
    total = request.count * each
    if total and not request.confirmed and _above_confirm(context, request, total):
        await questions.price(context, request, PricedModel(model, each))
        return
    words, child = templates.words_of(context, request, loaded.template), loaded.ruling.child
    await content_rules.check_words(context, words, young=child)
    checked = ValidatedRequest(request, model, loaded.persona, loaded.photos, child, each, words)
    await accept.accept(context, checked, draft)


async def offer_of(context: Context, request: ImageRequest) -> PricedModel:
    """The model that would draw a request and the price of each picture; raises UserError."""
    model = choosing.choose(context, request.model)
    request = choosing.fitted(request, model)
    async with context.services.database.read() as tx:
        _, photos = await _subjects(context, tx, request, model)
    return PricedModel(model, price_of(model, request, len(photos)))


async def _subjects(
    context: Context, tx: Transaction, request: ImageRequest, model: Model
) -> tuple[Persona | None, tuple[ReferencePhoto, ...]]:
    """The persona and the photos in the order the prompt names them: the persona's by role, then the one-offs."""
    persona = await personas.get(tx, request.persona) if request.persona else None
    kept = await references.of_persona(tx, persona.id) if persona and request.references else ()
    sent = await references.get(tx, request.photos)
    if request.persona:
        await check_persona(context, tx, persona)
    if len(sent) < len(request.photos):
        raise UserError("photo-gone")
    room = max(0, model.capabilities.max_references - len(sent) - _own_pixels(request, model))
    taken = [photo for photo in kept if photo.role in model.capabilities.roles]
    kept = tuple(sorted(taken, key=lambda photo: _BY_ROLE.index(Role(photo.role))))[:room]
    return persona, kept + sent


def _own_pixels(request: ImageRequest, model: Model) -> int:
    """1 where the picture that is edited takes one of the model's references itself, else 0."""
    return int(choosing.edits_pixels(request.command, request.parent, model))


async def _last_photo(context: Context, tx: Transaction) -> ReferencePhoto | None:
    """A photo of the person's own from their last request here, or None."""
    latest = await generations.latest(tx, context.user.id, context.workspace.id)
    photos = await references.of_generation(tx, latest.id) if latest else ()
    return next((photo for photo in photos if photo.owner == context.user.id), None)


def _for_child(request: ImageRequest, model: Model) -> ImageRequest:
    """The request in a plainly drawn style; raises UserError when the model or the style cannot."""
    drawn = model.capabilities.illustrated
    if not drawn:
        raise UserError("consent-child-model", model=model.name)
    style = request.parameters.get("style", drawn[0])
    if style not in drawn:
        raise UserError("consent-child-drawn", model=model.name, choices=", ".join(drawn))
    return replace(request, parameters={**request.parameters, "style": style})


def _above_confirm(context: Context, request: ImageRequest, total: int) -> bool:
    limits = context.own_limits
    return request.count > limits.confirm_images or total > limits.confirm_micro
