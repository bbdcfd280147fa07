"""Deleting all that is kept about a person; what they spent stays in the ledger without their name."""

from dataclasses import dataclass

from sqlalchemy import Select, delete, exists, select, update

from storage.db.database import Transaction
from storage.privacy import personal_data_map
from storage.privacy.personal_data_map import Count
from storage.queries import search
from storage.tables import pseudonyms, references
from storage.tables.enums import Audience, SubjectKind
from storage.tables.owners import Scope
from storage.tables.schema import (
    consents,
    drafts,
    front_facts,
    generation_references,
    generations,
    identities,
    images,
    ledger,
    messages,
    persona_shares,
    personas,
    reference_photos,
    roles,
    settings,
    transcript,
    users,
    votes,
    workspaces,
)

_PSEUDONYM = (ledger, settings, identities, users)
"""Tables in which something may stay, see storage.pseudonyms."""
_AT_ONCE = 1000
"""Blob keys asked about in one query; databases take some 32,000 parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What went: how much of each kind, the messages that showed it as (platform, chat, id), bytes nobody names any
    more, and images of others that lost a vote."""

    count: Count
    messages: tuple[tuple[str, str, str], ...]
    blobs: tuple[str, ...]
    judged: tuple[str, ...]


async def erase(tx: Transaction, user: str, now: int) -> Erased:
    """Delete a person's rows; reservations must be settled, and the bytes in `blobs` are the caller's to delete."""
    count = await personal_data_map.count(tx, user)
    shown = await _messages(tx, user)
    keys = await _keys(tx, user)
    voted = select(votes.c.image_id).join(images).where(votes.c.user_id == user, images.c.user_id != user)
    judged = tuple(await tx.scalars(voted))
    alone = tuple(await tx.scalars(_private_chats(user)))
    await _let_go(tx, user, now)
    await search.forget(tx, user)
    for table, theirs in personal_data_map.of(user):
        if table not in _PSEUDONYM:
            await tx.execute(delete(table).where(theirs))
    await _close(tx, alone)
    await pseudonyms.leave(tx, user, now)
    unused: list[str] = []
    for start in range(0, len(keys), _AT_ONCE):
        unused += await references.unused_blobs(tx, keys[start : start + _AT_ONCE])
    return Erased(count=count, messages=shown, blobs=tuple(unused), judged=judged)


async def _messages(tx: Transaction, user: str) -> tuple[tuple[str, str, str], ...]:
    """Messages that show a person's pictures, and what is remembered of chats whose platform remembers nothing."""
    posted = (
        select(messages.c.platform, messages.c.chat, messages.c.message_id)
        .join(generations)
        .where(generations.c.user_id == user)
    )
    said = (
        select(workspaces.c.platform, transcript.c.chat, transcript.c.entry_id)
        .join(workspaces, workspaces.c.chat == transcript.c.chat)
        .join(roles, roles.c.workspace_id == workspaces.c.id)
        .where(roles.c.user_id == user, personal_data_map.said_by(user))
        .order_by(transcript.c.position)
    )
    laid_out = select(front_facts.c.platform, front_facts.c.chat, front_facts.c.name).where(
        personal_data_map.remembered_of(user)
    )
    found = [row for query in (posted, said, laid_out) for row in await tx.execute(query)]
    return tuple(dict.fromkeys((platform, chat, id_) for platform, chat, id_ in found))


async def _keys(tx: Transaction, user: str) -> list[str]:
    """The blobs that a person's photos and images name."""
    found: dict[str, None] = {}
    for table, owner in ((reference_photos, reference_photos.c.owner_id), (images, images.c.user_id)):
        for blob, thumbnail in await tx.execute(select(table.c.blob, table.c.thumbnail).where(owner == user)):
            found |= {key: None for key in (blob, thumbnail) if key}
    return list(found)


async def _let_go(tx: Transaction, user: str, now: int) -> None:
    """Free what others have from what is about to go: votes, requests, and photos they gave to a persona."""
    own_images = select(images.c.id).where(images.c.user_id == user)
    own_photos = select(reference_photos.c.id).where(reference_photos.c.owner_id == user)
    own_personas = select(personas.c.id).where(personas.c.owner_id == user)
    await tx.execute(delete(votes).where(votes.c.image_id.in_(own_images)))
    await tx.execute(delete(generation_references).where(generation_references.c.reference_id.in_(own_photos)))
    await tx.execute(
        delete(consents).where(consents.c.subject_kind == SubjectKind.PERSONA, consents.c.subject_id.in_(own_personas))
    )
    await tx.execute(delete(consents).where(consents.c.subject_kind == SubjectKind.USER, consents.c.subject_id == user))
    for table in (generations, images):
        theirs = (table.c.persona_id.in_(own_personas), table.c.user_id != user)
        await tx.execute(update(table).where(*theirs).values(persona_id=None))
    given = (reference_photos.c.persona_id.in_(own_personas), reference_photos.c.owner_id != user)
    await tx.execute(update(reference_photos).where(*given).values(persona_id=None, expires_at=now))


def _private_chats(user: str) -> Select[str]:
    return select(workspaces.c.id).join(roles).where(roles.c.user_id == user, workspaces.c.audience == Audience.PRIVATE)


async def _close(tx: Transaction, chats: tuple[str, ...]) -> None:
    """Delete private chats in which nobody has anything any more."""
    for chat in chats:
        named = [
            exists().where(table.c.workspace_id == chat)
            for table in (roles, personas, persona_shares, generations, images, drafts)
        ]
        gone = await tx.execute(delete(workspaces).where(workspaces.c.id == chat, *(~one for one in named)))
        if gone.rowcount:
            await tx.execute(delete(settings).where(settings.c.scope == str(Scope.workspace(chat))))
