"""Store the photos people send: checked, upright, without metadata."""

from dataclasses import dataclass, replace

from bot.core.chat.errors import UserError
from bot.core.chat.messages import Photo, Say, Text, say
from bot.core.media.blob_cleanup import dispose
from bot.core.runtime.context import Context
from bot.imaging.values import PhotoError, PhotoIn
from providers.contract.model import Role
from storage.db.ids import new_id
from storage.tables import references
from storage.tables.references import ReferencePhoto

UNPRESSED = 3_600_000
"""Milliseconds after which an unused photo is deleted."""
ONE_OFF = 30 * 86_400_000
"""Milliseconds a one-off photo that was used is kept."""
CHILD = 86_400_000
"""Milliseconds a child's photo is kept."""
HEAVIEST = 20_000_000
MOST = 10
"""Photos one message may carry."""


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """Stored photos in the order they were sent, and notes for the person."""

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
    """A stored photo that acts as an upload."""

    context: Context
    id: str
    name: str
    size: int = 0

    async def read(self) -> bytes:
        """Return its bytes; raises UserError when it was deleted."""
        async with self.context.services.database.read() as tx:
            found = await references.get(tx, [self.id])
        if not found:
            raise UserError("photo-gone")
        return await self.context.services.blobs.get(found[0].blob)


async def take_in(
    context: Context, photos: tuple[Photo, ...], role: str | None = None, *, owner: str | None = None
) -> IntakeResult:
    """Store photos as one-offs that expire unless used; unusable ones among several are skipped.

    A photo without a role is one of a face when a face is on it, else of an object. They are the person's, or `owner`'s
    where that is somebody else. The notes name photos that were left out, and why. Raises UserError when none can be
    used.
    """
    read, left_out = await _read_all(context, photos)
    stored = [replace(await _store(context, picture, role), owner=owner or context.user.id) for _, picture in read]
    async with context.services.database.write() as tx:
        for reference in stored:
            await references.add(tx, reference)
    notes = [say(f"photo-note-{note}", name=_name(photo)) for photo, picture in read for note in picture.notes]
    return IntakeResult(tuple(stored), (*left_out, *notes))


async def _read_all(context: Context, photos: tuple[Photo, ...]) -> tuple[list[tuple[Photo, PhotoIn]], list[Text]]:
    """Read the photos; returns the usable ones and the reasons for the rest. Raises UserError when none is usable."""
    read: list[tuple[Photo, PhotoIn]] = []
    left_out: list[Text] = []
    for photo in photos:
        try:
            read.append((photo, await _read(context, photo)))
        except UserError as exc:
            if len(photos) == 1:
                raise
            left_out.append(exc.text)
    if photos and not read:
        raise UserError("photos-none", reason=left_out[0])
    return read, left_out


async def stored(context: Context, photos: tuple[Photo, ...]) -> tuple[str, ...]:
    """Store photos, send the notes, and return the ids; already stored ones keep theirs.

    Raises UserError.
    """
    if len(photos) > MOST:
        raise UserError("error-photos-many", count=len(photos), most=MOST)
    kept = tuple(photo.id for photo in photos if isinstance(photo, Kept))
    taken = await take_in(context, tuple(photo for photo in photos if not isinstance(photo, Kept)))
    if taken.notes:
        await context.say(Say(lines=taken.notes, private=True))
    return kept + taken.ids


async def forget(context: Context, ids: tuple[str, ...]) -> int:
    """Delete photos and their unreferenced blobs; returns how many photos."""
    async with context.services.database.write() as tx:
        found = await references.get(tx, ids)
        await references.delete(tx, ids, context.now)
    await dispose(context.services, [key for photo in found for key in (photo.blob, photo.thumbnail)])
    return len(found)


async def _read(context: Context, photo: Photo) -> PhotoIn:
    if photo.size > HEAVIEST:
        raise UserError("photo-too_heavy", name=_name(photo), megabytes=round(photo.size / 1_000_000))
    try:
        return await context.services.studio.intake(await photo.read())
    except PhotoError as exc:
        raise UserError(f"photo-{exc.problem}", name=_name(photo), **exc.facts) from exc


async def _store(context: Context, picture: PhotoIn, role: str | None) -> ReferencePhoto:
    return ReferencePhoto(
        id=new_id(),
        owner=context.user.id,
        persona=None,
        role=role or (Role.FACE if picture.faces else Role.OBJECT),
        blob=await context.services.blobs.put(picture.data),
        thumbnail=await context.services.blobs.put(picture.thumbnail),
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
