"""One-use links of the web chat, under the hash of their code: for somebody new, or for an account that exists."""

from dataclasses import asdict, dataclass

from sqlalchemy import delete, insert, select, update

from storage.db.database import Transaction
from storage.tables.enums import WebRole
from storage.tables.schema import web_invitations


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A link of the user `created_by`; it makes an account with `role`, for a known `user` where one is named, or
    opens the account `account`."""

    id: str
    role: WebRole
    created_by: str
    expires_at: int
    user: str | None = None
    account: str | None = None


_COLUMNS = (
    web_invitations.c.id,
    web_invitations.c.role,
    web_invitations.c.created_by_id.label("created_by"),
    web_invitations.c.expires_at,
    web_invitations.c.user_id.label("user"),
    web_invitations.c.account_id.label("account"),
)


async def add(tx: Transaction, invitation: Invitation, now: int) -> None:
    row = asdict(invitation)
    row["created_by_id"], row["user_id"], row["account_id"] = row.pop("created_by"), row.pop("user"), row.pop("account")
    await tx.execute(insert(web_invitations).values(**row, created_at=now))


async def open_(tx: Transaction, id_: str, now: int) -> Invitation | None:
    """The invitation of that id that was neither used nor has expired."""
    open_now = (web_invitations.c.used_at.is_(None), web_invitations.c.expires_at > now)
    row = (await tx.execute(select(*_COLUMNS).where(web_invitations.c.id == id_, *open_now))).mappings().first()
    return Invitation(**row) if row else None


async def every_open(tx: Transaction, now: int) -> tuple[Invitation, ...]:
    """All invitations that wait for somebody, the oldest first."""
    open_now = (web_invitations.c.used_at.is_(None), web_invitations.c.expires_at > now)
    query = select(*_COLUMNS).where(*open_now).order_by(web_invitations.c.created_at, web_invitations.c.id)
    return tuple(Invitation(**row) for row in (await tx.execute(query)).mappings())


async def use(tx: Transaction, id_: str, now: int) -> bool:
    """Mark an invitation as used; False when it already was, or is none."""
    unused = (web_invitations.c.id == id_, web_invitations.c.used_at.is_(None))
    return bool((await tx.execute(update(web_invitations).where(*unused).values(used_at=now))).rowcount)


async def withdraw(tx: Transaction, id_: str) -> None:
    """Delete an invitation that was not used."""
    await tx.execute(delete(web_invitations).where(web_invitations.c.id == id_, web_invitations.c.used_at.is_(None)))


async def withdraw_of_account(tx: Transaction, account: str) -> None:
    """Delete the unused sign-in links of an account."""
    unused = (web_invitations.c.account_id == account, web_invitations.c.used_at.is_(None))
    await tx.execute(delete(web_invitations).where(*unused))


async def withdraw_by(tx: Transaction, user: str) -> None:
    """Delete the unused links that a person made or that are for them."""
    theirs = (web_invitations.c.created_by_id == user) | (web_invitations.c.user_id == user)
    await tx.execute(delete(web_invitations).where(theirs, web_invitations.c.used_at.is_(None)))
