"""The recipe of a picture: all that is needed to make it again, in words and as one command line."""

from dataclasses import dataclass, replace
from typing import Any

from bot.core.chat.errors import UserError
from bot.core.chat.messages import Document, MessageRef, Say, Text, say
from bot.core.media.pictures import file_name
from bot.core.people import access
from bot.core.results.result_message import page_of, result_of
from bot.core.results.summary import load
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import cost, which
from prompts.enhance import Quality
from storage.tables import generations, images, personas, posted_messages, references
from storage.tables.generations import Generation
from storage.tables.images import Image
from storage.tables.personas import Persona
from storage.tables.references import ReferencePhoto


@dataclass(frozen=True, slots=True)
class Recipe:
    """A picture with the request and the photos it came from, and the chain of pictures it was made from."""

    image: Image
    generation: Generation
    persona: Persona | None
    photos: tuple[ReferencePhoto, ...]
    lineage: tuple[Image, ...]
    styled: bool
    """The model takes the picture's note as its `style`."""
    usual_size: str
    """The size one gets without naming any."""


async def of_image(context: Context, image_id: str) -> Recipe:
    """The recipe of a picture this person may see; raises UserError."""
    image = await access.image(context, image_id)
    generation, _ = await access.generation(context, image.generation)
    async with context.services.database.read() as tx:
        persona = await personas.get(tx, generation.persona) if generation.persona else None
        photos = await references.of_generation(tx, generation.id)
    model = context.services.drawing.model(image.model)
    styled = model is not None and "style" in model.capabilities.parameters
    usual = model.capabilities.sizes[0] if model else ""
    return Recipe(image, generation, persona, photos, await _lineage(context, generation), styled, usual)


async def show(context: Context, image_id: str) -> None:
    """ℹ️: the recipe in words."""
    recipe = await of_image(context, image_id)
    await context.say(Say(lines=lines_of(context, recipe), private=True))


async def of_message(context: Context, message: MessageRef) -> None:
    """The recipe of the picture a message shows; of several it asks which. Raises UserError."""
    async with context.services.database.read() as tx:
        posted = await posted_messages.find(tx, message.platform, message.chat, message.id)
    if posted is None:
        raise UserError("recipe-none")
    _, slots = await access.generation(context, posted.generation)
    shown = [slot for slot in slots if slot.visible]
    if not shown:
        raise UserError("recipe-none")
    if len(shown) > 1:
        await which(context, shown, "recipe")
    else:
        await show(context, shown[0].id)


async def original(context: Context, image_id: str) -> None:
    """📎: the picture's own bytes as a file."""
    image = await access.image(context, image_id)
    await context.say(_document(image, (say("original-line", number=image.number),)))


async def both(context: Context, image_id: str) -> None:
    """✉️: the original with its recipe."""
    recipe = await of_image(context, image_id)
    await context.say(_document(recipe.image, lines_of(context, recipe)))


async def parent(context: Context, image_id: str) -> None:
    """The result in which a picture's parent stands."""
    image = await access.image(context, image_id)
    finished = await load(context.services, image.generation)
    assert finished is not None, "an image that is there has its generation"
    await context.say(replace(result_of(finished, page_of(finished, image.id)), private=True))


def command_line(recipe: Recipe) -> str:
    """The picture as one command to copy; photos that were sent along must be attached again."""
    generation = recipe.generation
    parameters = dict(generation.parameters)
    if recipe.styled and recipe.image.note:
        parameters.setdefault("style", recipe.image.note)
    options: dict[str, Any] = {
        "persona": recipe.persona.name if recipe.persona else None,
        "template": generation.template,
        "quality": generation.quality if generation.quality != Quality.PLAIN else None,
        "model": recipe.image.model,
        "aspect": generation.aspect if generation.aspect != "auto" else None,
        "size": generation.size if generation.size != recipe.usual_size else None,
        "seed": recipe.image.seed if recipe.image.seed is not None else generation.seed,
        "params": ",".join(f"{key}={value}" for key, value in parameters.items()) or None,
    }
    parts = [f"--{name} {_quoted(str(value))}" for name, value in options.items() if value is not None]
    return " ".join([f"/imagine {generation.prompt}", *parts])


def lines_of(context: Context, recipe: Recipe) -> tuple[Text, ...]:
    """The recipe line by line."""
    image, generation = recipe.image, recipe.generation
    model = context.services.drawing.model(image.model)
    lines = [
        say("recipe-prompt", prompt=generation.prompt),
        say("recipe-model", name=model.name if model else image.model, id=image.model),
        say("recipe-size", width=str(image.width or 0), height=str(image.height or 0), aspect=generation.aspect),
        say("recipe-cost", cost=cost(image.cost or 0), seconds=max(1, round(image.seconds or 0))),
    ]
    if image.seed is not None:
        lines.append(say("recipe-seed", seed=str(image.seed)))
    if recipe.persona:
        lines.append(say("recipe-persona", name=recipe.persona.name))
    if recipe.photos:
        lines.append(say("recipe-photos", count=len(recipe.photos)))
    if recipe.lineage:
        lines.append(say("recipe-lineage", steps=len(recipe.lineage)))
    return (*lines, say("recipe-command", command=command_line(recipe)))


async def _lineage(context: Context, generation: Generation) -> tuple[Image, ...]:
    """The pictures this one was made from, the nearest first; those that are gone end the chain."""
    chain: list[Image] = []
    parent = generation.parent_image
    async with context.services.database.read() as tx:
        while parent and len(chain) < 50:
            image = await images.get(tx, parent)
            if image is None:
                break
            chain.append(image)
            older = await generations.get(tx, image.generation)
            parent = older.parent_image if older else None
    return tuple(chain)


def _document(image: Image, lines: tuple[Text, ...]) -> Document:
    return Document(lines=lines, file=f"i:{image.id}", name=file_name(image))


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
