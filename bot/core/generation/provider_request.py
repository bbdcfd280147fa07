"""What a provider is sent for one image: the words, the photos made small enough, and the options."""

import math
from dataclasses import dataclass

from bot.core.generation.reference_budget import Fitted, within
from bot.core.models.choosing import edits_pixels
from bot.core.runtime.context import Services
from providers.contract import errors
from providers.contract.model import Model, Role
from providers.contract.provider import Reference, Request
from storage.db.database import Transaction
from storage.db.errors import BlobMissing
from storage.tables import images, references
from storage.tables.generations import Generation
from storage.tables.images import Image
from storage.tables.references import ReferencePhoto

TAKEN = ("image/jpeg", "image/png", "image/webp")
"""Formats that every model takes; a picture that was drawn as AVIF or GIF is sent as one of them."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The stored photos of a generation, how many it was asked with, and the picture it goes on from."""

    photos: tuple[ReferencePhoto, ...] = ()
    asked: int = 0
    parent: Image | None = None


async def sources_of(tx: Transaction, generation: Generation) -> Sources:
    """Read the photos and the picture that a generation is drawn from."""
    photos = await references.of_generation(tx, generation.id)
    asked = await references.of_generation(tx, generation.id, also_deleted=True)
    parent = await images.get(tx, generation.parent_image) if generation.parent_image else None
    return Sources(photos, len(asked), parent)


@dataclass(frozen=True, slots=True)
class Order:
    """One image to draw with a model: its generation, and what that is drawn from."""

    model: Model
    image: Image
    generation: Generation
    sources: Sources


async def order(services: Services, wish: Order) -> Request:
    """The request of one image; raises BadInput when a photo of it is gone."""
    generation, model = wish.generation, wish.model
    photos = (*_parent(model, generation, wish.sources), *_photos(wish.sources))
    pixels = model.capabilities.reference_pixels
    fitted = [await _fitted(services, photo, pixels) for photo in photos]
    return Request(
        model=model.id,
        prompt=generation.final_prompt,
        references=await within(fitted, services.studio.opaque),
        edit=generation.command == "edit",
        aspect=generation.aspect,
        size=generation.size,
        seed=generation.seed,
        index=wish.image.number - 1,
        count=generation.count,
        parameters=generation.parameters,
    )


@dataclass(frozen=True, slots=True)
class _Stored:
    """A stored photo or picture that is sent along; width and height in px."""

    blob: str
    media_type: str
    role: Role
    width: int
    height: int


def _photos(sources: Sources) -> list[_Stored]:
    if len(sources.photos) < sources.asked:
        raise errors.BadInput("a reference photo was deleted", problem="photo")
    return [_Stored(p.blob, p.media_type, Role(p.role), p.width, p.height) for p in sources.photos]


def _parent(model: Model, generation: Generation, sources: Sources) -> tuple[_Stored, ...]:
    """The picture that is to be changed, as the first reference."""
    if not edits_pixels(generation.command, generation.parent_image, model):
        return ()
    parent = sources.parent
    if parent is None or parent.blob is None:
        raise errors.BadInput("the picture to change is gone", problem="photo")
    return (_Stored(parent.blob, parent.media_type or "image/png", Role.SCENE, parent.width or 0, parent.height or 0),)


async def _fitted(services: Services, photo: _Stored, pixels: int) -> Fitted:
    """The photo within so many pixels; when it already is, in a format all models take, its pixels are untouched.

    A picture that another provider drew may tell in its metadata how, and of which photos: these stay here.
    """
    try:
        data = await services.blobs.get(photo.blob)
    except BlobMissing as exc:
        raise errors.BadInput(f"a reference photo is gone: {exc}", problem="photo") from exc
    area, longest = photo.width * photo.height, max(photo.width, photo.height)
    if area <= pixels and photo.media_type in TAKEN:
        data = await services.studio.marked(data, None)
        return Fitted(Reference(data, photo.media_type, photo.role), longest)
    if area > pixels:
        longest = math.floor(longest * math.sqrt(pixels / area))
    return Fitted(Reference(*await services.studio.fitted(data, longest), photo.role), longest)
