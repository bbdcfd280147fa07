"""From what is wanted to an accepted request: who is on the photos, which model, what it costs."""

from dataclasses import replace

from bot.core.chat.errors import UserError
from bot.core.consent import content_rules
from bot.core.consent.checks import behind, check_persona, rule, strictest
from bot.core.models import choosing
from bot.core.models.image_request import ImageRequest
from bot.core.models.pricing import price_of
from bot.core.requests import accept, questions, templates
from bot.core.requests.accepted_request import ValidatedRequest
from bot.core.requests.questions import PricedModel
from bot.core.runtime.context import Context
from providers.contract.model import Model
from storage.tables import generations, personas, references
from storage.tables.personas import Persona
from storage.tables.references import ReferencePhoto

_BY_ROLE = ("face", "body", "object", "outfit", "pose", "style", "scene")


async def request(context: Context, wanted: ImageRequest, *, draft: str | None = None) -> None:
    """Check, price and accept a request, or ask the question that stands in the way; raises UserError.

    `draft` is settled together with the acceptance.
    """
    if not wanted.prompt.strip():
        raise UserError("error-prompt-empty")
    await content_rules.check(context, wanted.prompt)
    model = choosing.choose(context, wanted.model)
    template = await templates.chosen(context, wanted.template)
    wanted = templates.framed(choosing.fitted(wanted, model), template, model)
    persona, photos = await _subjects(context, wanted, model)
    if not photos and not wanted.parent and model.capabilities.min_references and (last := await _last_photo(context)):
        await questions.last_photo(context, replace(wanted, photos=(last.id,)), last)
        return
    past = await behind(context, wanted.parent)
    older = tuple(photo for photo in past.photos if photo not in photos)
    rulings = await rule(context, (*photos, *older), persona)
    ruling = strictest(rulings)
    about = f"{persona.name} {persona.description} {persona.marks}" if persona else ""
    await content_rules.check_words(context, "\n".join((wanted.prompt, about, *past.prompts)), young=ruling.child)
    if ruling.refused:
        raise UserError(ruling.refused)
    if ruling.ask:
        await questions.who_is_it(context, wanted, tuple(photo for photo, one in rulings if one.ask), persona)
        return
    choosing.check(model, wanted, len(photos) + _own_pixels(wanted, model))
    if ruling.child:
        wanted = _for_child(wanted, model)
    each = price_of(model, wanted, len(photos))
    total = wanted.count * each
    if total and not wanted.confirmed and _above_confirm(context, wanted, total):
        await questions.price(context, wanted, PricedModel(model, each))
        return
    words = templates.words_of(context, wanted, template)
    await content_rules.check_words(context, words, young=ruling.child)
    await accept.accept(context, ValidatedRequest(wanted, model, persona, photos, ruling.child, each, words), draft)


async def offer_of(context: Context, wanted: ImageRequest) -> PricedModel:
    """Which model would draw a request, and what each picture would cost; raises UserError."""
    model = choosing.choose(context, wanted.model)
    wanted = choosing.fitted(wanted, model)
    _, photos = await _subjects(context, wanted, model)
    return PricedModel(model, price_of(model, wanted, len(photos)))


async def _subjects(
    context: Context, wanted: ImageRequest, model: Model
) -> tuple[Persona | None, tuple[ReferencePhoto, ...]]:
    """The persona and the photos in the order the prompt names them: the persona's by role, then the one-offs."""
    async with context.services.database.read() as tx:
        persona = await personas.get(tx, wanted.persona) if wanted.persona else None
        kept = await references.of_persona(tx, persona.id) if persona and wanted.references else ()
        sent = await references.get(tx, wanted.photos)
        if wanted.persona:
            await check_persona(context, tx, persona)
    if len(sent) < len(wanted.photos):
        raise UserError("photo-gone")
    room = max(0, model.capabilities.max_references - len(sent) - _own_pixels(wanted, model))
    taken = [photo for photo in kept if photo.role in model.capabilities.roles]
    kept = tuple(sorted(taken, key=lambda photo: _BY_ROLE.index(photo.role)))[:room]
    return persona, kept + sent


def _own_pixels(wanted: ImageRequest, model: Model) -> int:
    """How many references the picture that is changed takes itself."""
    return int(choosing.edits_pixels(wanted.command, wanted.parent, model))


async def _last_photo(context: Context) -> ReferencePhoto | None:
    async with context.services.database.read() as tx:
        latest = await generations.latest(tx, *context.owner)
        photos = await references.of_generation(tx, latest.id) if latest else ()
    return next((photo for photo in photos if photo.owner == context.user.id), None)


def _for_child(wanted: ImageRequest, model: Model) -> ImageRequest:
    """The request in a plainly drawn style; raises UserError when the model or the style cannot."""
    drawn = model.capabilities.illustrated
    if not drawn:
        raise UserError("consent-child-model", model=model.name)
    style = wanted.parameters.get("style", drawn[0])
    if style not in drawn:
        raise UserError("consent-child-drawn", model=model.name, choices=", ".join(drawn))
    return replace(wanted, parameters={**wanted.parameters, "style": style})


def _above_confirm(context: Context, wanted: ImageRequest, total: int) -> bool:
    limits = context.accounts[0][1]
    return wanted.count > limits.confirm_images or total > limits.confirm_micro
