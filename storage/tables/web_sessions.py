"""Sessions of the web chat: one row for each browser that is signed in, under the hash of its cookie."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, exists, insert, literal, select, update

from storage.db.database import Transaction
from storage.tables.owners import OwnerKind
from storage.tables.schema import identities, settings, web_accounts, web_sessions
from storage.tables.web_accounts import PLATFORM, Account

IDLE = 7 * 86_400_000
"""Milliseconds without a request after which a session is over."""
DEVICE_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser; `device` is what it calls itself, moments are Unix milliseconds."""

    id: str
    account: Account
    device: str
    created_at: int
    seen_at: int


_QUERY = select(
    web_sessions.c.id,
    web_accounts.c.id,
    web_accounts.c.name,
    web_accounts.c.role,
    web_sessions.c.device,
    web_sessions.c.created_at,
    web_sessions.c.seen_at,
).join(web_accounts, web_accounts.c.id == web_sessions.c.account_id)


def _valid(now: int) -> ColumnElement[bool]:
    """Not idle for too long, of a person who has an identity and is not blocked."""
    identity = (identities.c.platform == PLATFORM, identities.c.platform_id == web_sessions.c.account_id)
    blocked = exists().where(
        *identity, settings.c.scope == literal(f"{OwnerKind.USER}:") + identities.c.user_id, settings.c.key == "blocked"
    )
    return (web_sessions.c.seen_at > now - IDLE) & exists().where(*identity) & ~blocked


async def add(tx: Transaction, id_: str, account: Account, device: str, now: int) -> Session:
    """A new session."""
    session = Session(id_, account, device[:DEVICE_LONGEST], now, now)
    await tx.execute(
        insert(web_sessions).values(id=id_, account_id=account.id, device=session.device, created_at=now, seen_at=now)
    )
    return session


async def valid(tx: Transaction, id_: str, now: int) -> Session | None:
    """The session of that id, unless it is over or its person is blocked."""
    row = (await tx.execute(_QUERY.where(web_sessions.c.id == id_, _valid(now)))).first()
    return _session(*row) if row else None


async def valid_among(tx: Transaction, ids: Collection[str], now: int) -> frozenset[str]:
    """Those of the sessions that are still valid."""
    return frozenset(await tx.scalars(select(web_sessions.c.id).where(web_sessions.c.id.in_(ids), _valid(now))))


async def every(tx: Transaction, now: int, account: str | None = None) -> tuple[Session, ...]:
    """The valid sessions, of one account or of all, the latest used first."""
    query = _QUERY.where(_valid(now)).order_by(web_sessions.c.seen_at.desc(), web_sessions.c.id)
    if account is not None:
        query = query.where(web_sessions.c.account_id == account)
    return tuple(_session(*row) for row in await tx.execute(query))


async def touch(tx: Transaction, id_: str, now: int) -> None:
    """Note that a session was used."""
    await tx.execute(update(web_sessions).where(web_sessions.c.id == id_).values(seen_at=now))


async def end(tx: Transaction, id_: str, account: str | None = None) -> bool:
    """End a session, of that account where one is given; False when there is none."""
    query = delete(web_sessions).where(web_sessions.c.id == id_)
    if account is not None:
        query = query.where(web_sessions.c.account_id == account)
    return bool((await tx.execute(query)).rowcount)


async def end_of_account(tx: Transaction, account: str, *, but: str | None = None) -> None:
    """End all sessions of an account, except the one of id `but`."""
    await tx.execute(delete(web_sessions).where(web_sessions.c.account_id == account, web_sessions.c.id != (but or "")))


async def end_of_user(tx: Transaction, user: str) -> None:
    """End all sessions of all accounts of a person."""
    accounts = select(identities.c.platform_id).where(identities.c.platform == PLATFORM, identities.c.user_id == user)
    await tx.execute(delete(web_sessions).where(web_sessions.c.account_id.in_(accounts)))


def _session(*row: object) -> Session:
    id_, account, name, role, device, created_at, seen_at = row
    return Session(id_, Account(account, name, role), device, created_at, seen_at)  # type: ignore[arg-type]
