"""Pictures as messages show them, and their bytes for those who may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal, TypeAlias

import structlog

from bot.core.chat.action_ids import Action
from bot.core.chat.messages import Picture, Text, Who, say
from bot.core.people.access import moderates
from bot.core.people.visibility import may_see
from bot.core.runtime.context import Services
from bot.imaging.export.marks import AI_GENERATED, ALGORITHMICALLY_ENHANCED
from bot.imaging.values import Mark, PhotoError
from storage.db.errors import BlobMissing
from storage.tables import generations, images, people, references, settings
from storage.tables.images import Image
from storage.tables.owners import Scope
from storage.tables.people import User
from storage.tables.references import ReferencePhoto

log = structlog.get_logger()

Size: TypeAlias = Literal["thumb", "preview", "full", "original"]
PREVIEW = 2048
"""Pixels on the long side of what chats show where the picture itself is too heavy."""
_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/avif": "avif",
    "image/heic": "heic",
    "image/tiff": "tiff",
    "image/bmp": "bmp",
}


@dataclass(frozen=True, slots=True)
class PictureFile:
    """Bytes to show or to save under `name`."""

    data: bytes
    media_type: str
    name: str


class NoSuchPicture(LookupError):
    """There is no such picture, or this person may not see it."""


def file_name(image: Image) -> str:
    """The name under which an image is saved."""
    return f"likeness-{image.generation[-8:]}-{image.number}.{_ENDINGS.get(image.media_type or '', 'bin')}"


def image_picture(image: Image, label: Text | None, number: int | None = None) -> Picture:
    """The picture of a finished image with its verdict and actions; numbered as drawn unless `number` is given."""
    number = number or image.number
    verbs = ("keep", "reject", "best", "undo", "trash", "vary", "edit", "recipe", "original")
    return Picture(
        id=f"i:{image.id}",
        number=number,
        width=image.width or 0,
        height=image.height or 0,
        alt=say("picture-alt", number=number, noted="yes" if image.note else "no", note=image.note or ""),
        verdict=image.verdict,
        best=image.best,
        mark=label,
        actions={verb: str(Action(verb, image.id)) for verb in verbs},
    )


def reference_picture(photo: ReferencePhoto, number: int) -> Picture:
    """A stored reference photo."""
    return Picture(
        id=f"r:{photo.id}",
        number=number,
        width=photo.width,
        height=photo.height,
        alt=say("reference-alt", number=number, role=say(f"choice-{photo.role}")),
    )


async def picture(services: Services, id_: str, viewer: Who, size: Size, number: int | None = None) -> PictureFile:
    """The bytes of a picture: "thumb" is 512 px, "preview" a JPEG of at most 2048 px (with `number` drawn on it where
    one is given), "full" to show and "original" to save.

    Of these, "full" and "original" have the pixels as they came, freed of foreign metadata and marked as AI-generated.
    The id says what it is: "i:" an image, "r:" a reference photo. Raises NoSuchPicture when there is none that can be
    read, or `viewer` may not see it.
    """
    kind, _, row = id_.partition(":")
    file = await (_image if kind == "i" else _reference)(services, row, viewer)
    key = file.thumbnail if size == "thumb" else file.key
    try:
        data = await services.blobs.get(key)
        if size == "preview":
            return await _preview(services, file, data, number)
    except (BlobMissing, PhotoError) as exc:
        log.warning("picture not readable", id=id_, reason=str(exc))
        raise NoSuchPicture(id_) from exc
    if size == "thumb":
        return PictureFile(data, "image/jpeg", file.name)
    if file.mark is not None:
        data = await services.studio.marked(data, file.mark)
    return PictureFile(data, file.media_type, file.name)


async def originals(services: Services, ids: Iterable[str], viewer: Who) -> dict[str, PictureFile | None]:
    """The files to save of pictures by their ids; None for one that is gone or damaged."""
    found: dict[str, PictureFile | None] = {}
    for id_ in ids:
        try:
            found[id_] = await picture(services, id_, viewer, "original")
        except NoSuchPicture:
            found[id_] = None
    return found


@dataclass(frozen=True, slots=True)
class _File:
    key: str
    thumbnail: str
    media_type: str
    name: str
    mark: Mark | None = None


async def _preview(services: Services, file: _File, data: bytes, number: int | None) -> PictureFile:
    if number is None:
        data, media_type = await services.studio.fitted(data, PREVIEW)
    else:
        data, media_type = await services.studio.numbered(data, PREVIEW, number), "image/jpeg"
    marked = await services.studio.marked(data, file.mark) if file.mark else data
    return PictureFile(marked, media_type, f"{PurePath(file.name).stem}.{_ENDINGS[media_type]}")


async def _image(services: Services, id_: str, viewer: Who) -> _File:
    async with services.database.read() as tx:
        user = await people.find(tx, viewer.platform, viewer.id)
        image = await images.get(tx, id_)
        generation = await generations.get(tx, image.generation) if image else None
    if not user or not image or not image.blob or not image.thumbnail:
        raise NoSuchPicture(id_)
    if not await (
        _may_decide(services, image, user, viewer) if image.reported_at else may_see(services, image, user.id)
    ):
        raise NoSuchPicture(id_)
    model = services.drawing.model(image.model)
    source = ALGORITHMICALLY_ENHANCED if model and model.capabilities.restyles else AI_GENERATED
    media_type = image.media_type or "application/octet-stream"
    mark = Mark(source, f"{generation.prompt[:300] if generation else ''} ({image.model})")
    return _File(image.blob, image.thumbnail, media_type, file_name(image), mark)


async def _may_decide(services: Services, image: Image, user: User, viewer: Who) -> bool:
    """A reported picture is shown only to those who decide about it: the place's moderators, and the operators."""
    scope = Scope.user(user.id)
    async with services.database.read() as tx:
        claimed = (await settings.of(tx, scope))[scope].get("operator")
    return services.policy.operates(viewer) or bool(claimed) or await moderates(services, image, user.id)


async def _reference(services: Services, id_: str, viewer: Who) -> _File:
    async with services.database.read() as tx:
        user = await people.find(tx, viewer.platform, viewer.id)
        photo = next(iter(await references.get(tx, [id_])), None)
    if not photo or not user or photo.owner != user.id:
        raise NoSuchPicture(id_)
    name = f"reference-{photo.id[-8:]}.{_ENDINGS.get(photo.media_type, 'bin')}"
    return _File(photo.blob, photo.thumbnail, photo.media_type, name)
