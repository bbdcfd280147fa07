"""Taking in the photos people send: checked, made upright, freed of metadata, and stored."""

from dataclasses import dataclass, replace

from bot.core.chat.errors import Sorry
from bot.core.chat.messages import Photo, Say, Text, say
from bot.core.media.blob_cleanup import dispose
from bot.core.runtime.context import Context
from bot.imaging.values import PhotoError, PhotoIn
from storage.db.ids import new_id
from storage.tables import references
from storage.tables.references import ReferencePhoto

UNPRESSED = 3_600_000
"""Milliseconds after which a photo nobody made use of is deleted."""
ONE_OFF = 30 * 86_400_000
"""Milliseconds a one-off photo that was used is kept."""
CHILD = 86_400_000
"""Milliseconds a child's photo is kept."""
HEAVIEST = 20_000_000
MOST = 10
"""Photos one message may carry."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Stored photos in the order they came, and what is worth telling about them."""

    photos: tuple[ReferencePhoto, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(photo.id for photo in self.photos)

    @property
    def has_face(self) -> bool:
        return any(photo.faces for photo in self.photos)


@dataclass(frozen=True, slots=True)
class Kept:
    """A photo that was taken in before, as if it were sent again."""

    context: Context
    id: str
    name: str
    size: int = 0

    async def read(self) -> bytes:
        """Its bytes; raises Sorry when it was deleted since."""
        async with self.context.parts.database.read() as tx:
            found = await references.get(tx, [self.id])
        if not found:
            raise Sorry("photo-gone")
        return await self.context.parts.blobs.get(found[0].blob)


async def take_in(
    context: Context, photos: tuple[Photo, ...], role: str | None = None, *, owner: str | None = None
) -> Taken:
    """Store photos as one-offs that expire unless used; of several, those that can be used.

    A photo without a role is one of a face when a face is on it, else of an object. They are the person's, or `owner`'s
    where that is somebody else. The notes name photos that were left out, and why; raises Sorry when none can be used.
    """
    read, left_out = await _read_all(context, photos)
    stored = [replace(await _store(context, picture, role), owner=owner or context.user.id) for _, picture in read]
    async with context.parts.database.write() as tx:
        for reference in stored:
            await references.add(tx, reference)
    notes = [say(f"photo-note-{note}", name=_name(photo)) for photo, picture in read for note in picture.notes]
    return Taken(tuple(stored), (*left_out, *notes))


async def _read_all(context: Context, photos: tuple[Photo, ...]) -> tuple[list[tuple[Photo, PhotoIn]], list[Text]]:
    """The photos that can be used, and why the others cannot; raises Sorry when that is none of them."""
    read: list[tuple[Photo, PhotoIn]] = []
    left_out: list[Text] = []
    for photo in photos:
        try:
            read.append((photo, await _read(context, photo)))
        except Sorry as exc:
            if len(photos) == 1:
                raise
            left_out.append(exc.text)
    if photos and not read:
        raise Sorry("photos-none", reason=left_out[0])
    return read, left_out


async def stored(context: Context, photos: tuple[Photo, ...]) -> tuple[str, ...]:
    """Take in photos, say what is worth telling about them, and return their ids, of kept ones as they are.

    Raises Sorry.
    """
    if len(photos) > MOST:
        raise Sorry("error-photos-many", count=len(photos), most=MOST)
    kept = tuple(photo.id for photo in photos if isinstance(photo, Kept))
    taken = await take_in(context, tuple(photo for photo in photos if not isinstance(photo, Kept)))
    if taken.notes:
        await context.say(Say(lines=taken.notes, private=True))
    return kept + taken.ids


async def forget(context: Context, ids: tuple[str, ...]) -> int:
    """Delete photos and the bytes nobody else uses; returns how many there were."""
    async with context.parts.database.write() as tx:
        found = await references.get(tx, ids)
        await references.delete(tx, ids, context.now)
    await dispose(context.parts, [key for photo in found for key in (photo.blob, photo.thumbnail)])
    return len(found)


async def _read(context: Context, photo: Photo) -> PhotoIn:
    if photo.size > HEAVIEST:
        raise Sorry("photo-too_heavy", name=_name(photo), megabytes=round(photo.size / 1_000_000))
    try:
        return await context.parts.studio.intake(await photo.read())
    except PhotoError as exc:
        raise Sorry(f"photo-{exc.problem}", name=_name(photo), **exc.facts) from exc


async def _store(context: Context, picture: PhotoIn, role: str | None) -> ReferencePhoto:
    return ReferencePhoto(
        id=new_id(),
        owner=context.user.id,
        persona=None,
        role=role or ("face" if picture.faces else "object"),
        blob=await context.parts.blobs.put(picture.data),
        thumbnail=await context.parts.blobs.put(picture.thumbnail),
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        sha256=picture.sha256,
        phash=picture.phash,
        faces=tuple((face.x, face.y, face.width, face.height) for face in picture.faces),
        created_at=context.now,
        expires_at=context.now + UNPRESSED,
    )


def _name(photo: Photo) -> str:
    return photo.name[:60]
