"""Going on from a picture: again, vary, edit, and failed pictures once more."""

import secrets
from collections.abc import Mapping
from dataclasses import replace

from bot.core.chat.action_ids import Action
from bot.core.chat.catalogue import COUNT_MOST
from bot.core.chat.errors import UserError
from bot.core.chat.image_request import ImageRequest
from bot.core.chat.messages import Ask, Field, Form, MessageRef, Photo, say
from bot.core.chat.options import Options
from bot.core.media.photo_intake import stored
from bot.core.models import choosing
from bot.core.models.image_request import image_request_again
from bot.core.people import access
from bot.core.requests.submit import offer_of, submit
from bot.core.runtime import open_questions
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import Confirm, WhichEdit
from bot.core.runtime.open_questions import button, pending
from bot.locales.words import render
from providers.contract.model import Model
from storage.tables import references
from storage.tables.images import Image


async def again(context: Context, generation_id: str) -> None:
    """The same request once more, charged to whoever presses; raises UserError."""
    generation, _ = await access.generation(context, generation_id)
    async with context.services.database.read() as tx:
        photos = await references.of_generation(tx, generation_id)
    request = image_request_again(generation, photos)
    await submit(context, replace(request, seed=_seed(_model(context, generation.model))))


async def vary(context: Context, image_id: str) -> None:
    """One picture more like this one, with another seed; raises UserError."""
    image = await access.image(context, image_id)
    generation, _ = await access.generation(context, image.generation)
    async with context.services.database.read() as tx:
        photos = await references.of_generation(tx, generation.id)
    request = image_request_again(generation, photos)
    model = _model(context, generation.model)
    if image.note and "style" in model.capabilities.parameters:
        request = replace(request, parameters={**request.parameters, "style": image.note})
    edited = generation.command == "edit" and generation.parent_image is not None
    going_on = request if edited else replace(request, command="vary", parent=image.id)
    await submit(context, replace(going_on, count=1, seed=_seed(model)))


async def edit(context: Context, options: Options, photos: tuple[Photo, ...]) -> None:
    """/edit: change a photo as the words say; raises UserError."""
    ids = await stored(context, photos)
    request = ImageRequest(
        prompt=options.text("prompt"),
        command="edit",
        photos=ids,
        model=options.texts.get("model"),
        private=options.flags.get("private", False),
    )
    await submit(context, request)


async def blend(context: Context, options: Options, photos: tuple[Photo, ...]) -> None:
    """/blend: one picture out of several photos; raises UserError."""
    model = choosing.choose(context, options.texts.get("model"))
    if model.capabilities.restyles:
        raise UserError("capability-blend", model=model.name)
    if len(photos) < 2:
        raise UserError("blend-photos")
    ids = await stored(context, photos)
    prompt = options.text("prompt") or render("blend-prompt", {}, context.locale)
    await submit(context, ImageRequest(prompt=prompt, command="blend", photos=ids, model=options.texts.get("model")))


async def change(context: Context, image: Image, words: str) -> None:
    """Draw a picture anew as the words say; raises UserError."""
    await submit(context, await _changed(context, image, words))


async def offer_change(context: Context, image: Image, words: str) -> None:
    """Offer an edit with its price: in a group words cost money only on purpose."""
    request = await _changed(context, image, words)
    agreed = replace(request, confirmed=True)
    draft = await open_questions.draft_of(context, Confirm(request=agreed))
    price = open_questions.cost((await offer_of(context, request)).each)
    buttons = ((button("button-edit-price", "confirm", draft.id, price=price), button("button-no", "drop", draft.id)),)
    await context.say(Ask(lines=(say("edit-question", prompt=words[:300], cost=price),), buttons=buttons))


async def ask_which(context: Context, shown: Mapping[int, Image], words: str) -> None:
    """Ask which of several pictures words are about; the words wait for the answer."""
    data = WhichEdit(words=words, images={number: image.id for number, image in shown.items()})
    draft = await open_questions.draft_of(context, data)
    buttons = tuple(
        button("button-number", "changed", draft.id, str(number), number=number, best="no") for number in shown
    )
    await context.say(Ask(lines=(say("which-edit"),), buttons=(buttons,), private=True))


async def answer_which(context: Context, action: Action, _: MessageRef) -> None:
    """Change the picture that was meant; in a group it is offered with its price. Raises UserError."""
    asked = (await pending(context, action.row, WhichEdit)).data
    meant = asked.images.get(int(action.arg)) if action.arg.isdecimal() else None
    if meant is None:
        raise UserError("button-unknown")
    await (offer_change if context.in_group else change)(context, await access.image(context, meant), asked.words)


async def edit_form(context: Context, image_id: str) -> None:
    """The form in which a picture's words can be changed, filled with its own."""
    image = await access.image(context, image_id)
    generation, _ = await access.generation(context, image.generation)
    field = Field(name="prompt", label=say("edit-words"), kind="words", value=generation.prompt, longest=4000)
    price = open_questions.cost((await offer_of(context, await _changed(context, image, generation.prompt))).each)
    form = Form(
        id=str(Action("edit", image_id)),
        title=say("form-edit", number=image.number),
        fields=(field,),
        send=say("button-edit-price", price=price),
    )
    await context.say(form)


async def _changed(context: Context, image: Image, words: str) -> ImageRequest:
    """The request that changes a picture: a model that only restyles works from the photos the picture came from."""
    generation, _ = await access.generation(context, image.generation)
    model = _model(context, generation.model)
    async with context.services.database.read() as tx:
        photos = await references.of_generation(tx, generation.id)
    request = replace(
        image_request_again(generation, photos), prompt=words, command="edit", count=1, model=model.id, parent=image.id
    )
    return request if model.capabilities.restyles else replace(request, aspect="auto", seed=None)


def _seed(model: Model) -> int | None:
    """Another seed, for models that would draw the same picture again without one."""
    return secrets.randbelow(2**31 - COUNT_MOST) if model.capabilities.seed else None


def _model(context: Context, id_: str) -> Model:
    """The model a picture was drawn with, or the person's own when it is no more."""
    return context.services.drawing.model(id_) or choosing.choose(context, None)
