"""All that is kept about one person: which rows, how many, and which files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, Table, and_, exists, func, or_, select, text

from storage.db.database import Transaction
from storage.tables.enums import Audience
from storage.tables.owners import Account, Scope
from storage.tables.schema import (
    UNFINISHED,
    attempts,
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
    saved_prompts,
    settings,
    strikes,
    transcript,
    users,
    votes,
    web_accounts,
    web_invitations,
    web_sessions,
    workspaces,
)

Holding: TypeAlias = tuple[Table, ColumnElement[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How much is kept of a person; `waiting` are images that wait or run."""

    personas: int
    photos: int
    requests: int
    pictures: int
    votes: int
    waiting: int


@dataclass(frozen=True, slots=True)
class File:
    """Stored bytes: the kind of row that names them ("reference" or "image"), its id, and about how many there are."""

    kind: str
    id: str
    bytes: int


def of(user: str) -> Iterator[Holding]:
    """Each table that has rows of a person, with the condition that finds them; a table comes before those it names."""
    own_images = select(images.c.id).where(images.c.user_id == user)
    own_generations = select(generations.c.id).where(generations.c.user_id == user)
    yield transcript, said_by(user)
    yield front_facts, remembered_of(user)
    yield votes, votes.c.user_id == user
    yield attempts, attempts.c.image_id.in_(own_images)
    yield messages, messages.c.generation_id.in_(own_generations)
    yield generation_references, generation_references.c.generation_id.in_(own_generations)
    yield images, images.c.user_id == user
    yield generations, generations.c.user_id == user
    yield reference_photos, reference_photos.c.owner_id == user
    yield consents, consents.c.user_id == user
    own_personas = select(personas.c.id).where(personas.c.owner_id == user)
    yield persona_shares, persona_shares.c.persona_id.in_(own_personas)
    yield personas, personas.c.owner_id == user
    yield saved_prompts, saved_prompts.c.user_id == user
    yield drafts, drafts.c.user_id == user
    yield strikes, strikes.c.user_id == user
    yield roles, roles.c.user_id == user
    own_accounts = select(identities.c.platform_id).where(identities.c.platform == "web", identities.c.user_id == user)
    yield web_sessions, web_sessions.c.account_id.in_(own_accounts)
    yield (
        web_invitations,
        or_(
            web_invitations.c.created_by_id == user,
            web_invitations.c.user_id == user,
            web_invitations.c.account_id.in_(own_accounts),
        ),
    )
    yield web_accounts, web_accounts.c.id.in_(own_accounts)
    yield ledger, ledger.c.account == str(Account.user(user))
    yield settings, settings.c.scope == str(Scope.user(user))
    yield identities, identities.c.user_id == user
    yield users, users.c.id == user


async def count(tx: Transaction, user: str) -> Count:
    """How much is kept of a person; photos that were deleted before do not count."""
    living = and_(reference_photos.c.owner_id == user, reference_photos.c.deleted_at.is_(None))
    return Count(
        personas=await _rows(tx, personas, and_(personas.c.owner_id == user, personas.c.deleted_at.is_(None))),
        photos=await _rows(tx, reference_photos, living),
        requests=await _rows(tx, generations, generations.c.user_id == user),
        pictures=await _rows(tx, images, and_(images.c.user_id == user, images.c.blob.is_not(None))),
        votes=await _rows(tx, votes, votes.c.user_id == user),
        waiting=await _rows(tx, images, and_(images.c.user_id == user, text(UNFINISHED))),
    )


async def rows(tx: Transaction, user: str) -> dict[str, list[Mapping[str, Any]]]:
    """All rows of a person by table, with the columns as the schema names them."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for table, theirs in of(user):
        result = await tx.execute(select(table).where(theirs).order_by(*table.primary_key.columns))
        found[table.name] = [dict(row) for row in result.mappings()]
    return found


async def files(tx: Transaction, user: str) -> tuple[File, ...]:
    """The photos and pictures of a person that have bytes; those of photos are taken to have half as many as pixels."""
    size = reference_photos.c.width * reference_photos.c.height / 2
    photos = select(reference_photos.c.id, size).where(
        reference_photos.c.owner_id == user, reference_photos.c.deleted_at.is_(None)
    )
    pictures = select(images.c.id, images.c.bytes).where(images.c.user_id == user, images.c.blob.is_not(None))
    kinds = {"reference": photos.order_by(reference_photos.c.id), "image": pictures.order_by(images.c.id)}
    found: list[File] = []
    for kind, query in kinds.items():
        found += [File(kind, id_, int(bytes_ or 0)) for id_, bytes_ in await tx.execute(query)]
    return tuple(found)


def said_by(user: str) -> ColumnElement[bool]:
    """What a person said or was told in private where they were met, and all of chats that are theirs alone."""
    ids = select(identities.c.platform_id).where(identities.c.user_id == user)
    met = select(workspaces.c.chat).join(roles).where(roles.c.user_id == user)
    alone = _alone(user)
    theirs = or_(transcript.c.author.in_(ids), transcript.c.private_to.in_(ids))
    return or_(and_(transcript.c.chat.in_(met), theirs), transcript.c.chat.in_(alone))


def remembered_of(user: str) -> ColumnElement[bool]:
    """Facts that fronts keep about a person, and all of chats that are theirs alone."""
    known = exists().where(
        identities.c.user_id == user,
        identities.c.platform == front_facts.c.platform,
        identities.c.platform_id == front_facts.c.owner,
    )
    alone = _alone(user).where(workspaces.c.platform == front_facts.c.platform)
    return or_(known, front_facts.c.chat.in_(alone))


def _alone(user: str) -> Select[str]:
    """The private chats in which nobody else was met."""
    others = exists().where(roles.c.workspace_id == workspaces.c.id, roles.c.user_id != user)
    met = select(workspaces.c.chat).join(roles).where(roles.c.user_id == user)
    return met.where(workspaces.c.audience == Audience.PRIVATE, ~others.correlate(workspaces))


async def _rows(tx: Transaction, table: Table, theirs: ColumnElement[bool]) -> int:
    return await tx.scalar(select(func.count()).select_from(table).where(theirs)) or 0
