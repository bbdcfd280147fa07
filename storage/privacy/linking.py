"""Joining two users into one: everything of the younger becomes the older's."""

import json
from dataclasses import dataclass

from sqlalchemy import Text, and_, cast, delete, or_, select, text, update

from storage.db.database import Transaction
from storage.tables import pseudonyms
from storage.tables.enums import SubjectKind, WorkspaceRole
from storage.tables.owners import ANY_WORKSPACE, Scope
from storage.tables.personas import name_key
from storage.tables.schema import (
    UNTOLD_VOTE,
    consents,
    drafts,
    generations,
    identities,
    images,
    personas,
    reference_photos,
    roles,
    saved_prompts,
    settings,
    strikes,
    users,
    votes,
    web_invitations,
)

LONGEST = 60
"""Characters of a persona's name."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The user that is left, and the images on which the ballots that count may be others now."""

    user: str
    judged: tuple[str, ...]


async def join(tx: Transaction, one: str, other: str, now: int) -> Joined:
    """Make one user of two; the ledger keeps its amounts, so that both their pasts count for the limits."""
    by_age = select(users.c.id).where(users.c.id.in_((one, other))).order_by(users.c.created_at, users.c.id)
    keep, gone = await tx.scalars(by_age)
    judged = await _judged(tx, keep, gone)
    await _rename(tx, keep, gone)
    await _drop_doubles(tx, keep, gone)
    for column in (
        identities.c.user_id, personas.c.owner_id, consents.c.user_id, reference_photos.c.owner_id,
        generations.c.user_id, images.c.user_id, votes.c.user_id, drafts.c.user_id, roles.c.user_id,
        saved_prompts.c.user_id, strikes.c.user_id, web_invitations.c.created_by_id, web_invitations.c.user_id,
    ):  # fmt: skip
        await tx.execute(update(column.table).where(column == gone).values({column.name: keep}))
    await tx.execute(update(personas).where(personas.c.depicts_id == gone).values(depicts_id=keep))
    subject = and_(consents.c.subject_kind == SubjectKind.USER, consents.c.subject_id == gone)
    await tx.execute(update(consents).where(subject).values(subject_id=keep))
    await pseudonyms.hand_over(tx, gone, keep)
    await _rewrite(tx, keep, gone, now)
    await tx.execute(delete(users).where(users.c.id == gone))
    return Joined(keep, judged)


async def _judged(tx: Transaction, keep: str, gone: str) -> tuple[str, ...]:
    """Images of one on which the other voted, and images on which both did."""
    both = select(votes.c.image_id).where(votes.c.user_id == keep)
    crossed = or_(
        and_(votes.c.user_id == gone, or_(images.c.user_id != gone, votes.c.image_id.in_(both))),
        and_(votes.c.user_id == keep, images.c.user_id == gone),
    )
    return tuple(await tx.scalars(select(votes.c.image_id).distinct().join(images).where(crossed)))


async def _rename(tx: Transaction, keep: str, gone: str) -> None:
    """Number the personas whose names are taken: "Mila" becomes "Mila 2"."""
    living = select(personas.c.id, personas.c.name, personas.c.name_key, personas.c.owner_id).where(
        personas.c.owner_id.in_((keep, gone)), personas.c.deleted_at.is_(None)
    )
    rows = (await tx.execute(living.order_by(personas.c.id))).all()
    taken = {row.name_key for row in rows}
    kept = {row.name_key for row in rows if row.owner_id == keep}
    for row in rows:
        if row.owner_id == gone and row.name_key in kept:
            name = _numbered(row.name, taken)
            taken.add(name_key(name))
            await tx.execute(update(personas).where(personas.c.id == row.id).values(name=name, name_key=name_key(name)))


def _numbered(name: str, taken: set[str]) -> str:
    number = 2
    while True:
        suffix = f" {number}"
        wanted = name[: LONGEST - len(suffix)] + suffix
        if name_key(wanted) not in taken:
            return wanted
        number += 1


async def _drop_doubles(tx: Transaction, keep: str, gone: str) -> None:
    """Where both have a row of which there can be one, the older's stays; a moderator stays one."""
    voted = select(votes.c.image_id).where(votes.c.user_id == keep)
    await tx.execute(delete(votes).where(votes.c.user_id == gone, votes.c.image_id.in_(voted)))
    moderated = select(roles.c.workspace_id).where(roles.c.user_id == gone, roles.c.role == WorkspaceRole.MODERATOR)
    await tx.execute(
        update(roles)
        .where(roles.c.user_id == keep, roles.c.workspace_id.in_(moderated))
        .values(role=WorkspaceRole.MODERATOR)
    )
    met = select(roles.c.workspace_id).where(roles.c.user_id == keep)
    await tx.execute(delete(roles).where(roles.c.user_id == gone, roles.c.workspace_id.in_(met)))
    chosen = select(settings.c.key).where(settings.c.scope == str(Scope.user(keep)))
    await tx.execute(delete(settings).where(settings.c.scope == str(Scope.user(gone)), settings.c.key.in_(chosen)))


async def _rewrite(tx: Transaction, keep: str, gone: str, now: int) -> None:
    """Put the id into JSON that names people: who may vote, and drafts that wait."""
    waiting = and_(drafts.c.settled_at.is_(None), drafts.c.expires_at > now)
    for column, where in (
        (settings.c.value, settings.c.scope.like(ANY_WORKSPACE)),
        (drafts.c.data, waiting),
        (generations.c.voting, text(UNTOLD_VOTE)),
    ):
        keys = column.table.primary_key.columns
        naming = cast(column, Text).like(f"%{gone}%")
        for row in (await tx.execute(select(column, *keys).where(where, naming))).all():
            value = json.loads(json.dumps(row[0]).replace(gone, keep))
            same = (key == part for key, part in zip(keys, row[1:], strict=True))
            await tx.execute(update(column.table).where(*same).values({column.name: value}))
