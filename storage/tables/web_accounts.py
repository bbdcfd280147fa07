"""Accounts of the web chat: a name of its own and a role for each person who was invited."""

import unicodedata
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.tables.enums import WebRole
from storage.tables.schema import identities, web_accounts

PLATFORM = "web"
"""The platform under which an account's id is a person's identity."""


@dataclass(frozen=True, slots=True)
class Account:
    """`id` is also the person's id on the platform "web"."""

    id: str
    name: str
    role: WebRole


_COLUMNS = (web_accounts.c.id, web_accounts.c.name, web_accounts.c.role)


def name_key(name: str) -> str:
    """The part of a name that tells two accounts apart: letters and digits, folded; "" names nobody."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "-".join("".join(c if c.isalnum() else " " for c in folded).split())[:200]


async def add(tx: Transaction, name: str, role: WebRole, now: int) -> Account:
    """A new account; the name must be free."""
    account = Account(new_id(), name, role)
    await tx.execute(
        insert(web_accounts).values(id=account.id, name=name, name_key=name_key(name), role=role, created_at=now)
    )
    return account


async def get(tx: Transaction, id_: str) -> Account | None:
    row = (await tx.execute(select(*_COLUMNS).where(web_accounts.c.id == id_))).first()
    return Account(*row) if row else None


async def named(tx: Transaction, name: str) -> Account | None:
    """The account whose name reads like this one."""
    row = (await tx.execute(select(*_COLUMNS).where(web_accounts.c.name_key == name_key(name)))).first()
    return Account(*row) if row else None


async def of_user(tx: Transaction, user: str) -> Account | None:
    """The oldest account of a person, who may have several after /link."""
    query = (
        select(*_COLUMNS)
        .join(identities, identities.c.platform_id == web_accounts.c.id)
        .where(identities.c.platform == PLATFORM, identities.c.user_id == user)
        .order_by(web_accounts.c.id)
        .limit(1)
    )
    row = (await tx.execute(query)).first()
    return Account(*row) if row else None


async def every(tx: Transaction) -> tuple[Account, ...]:
    """All accounts by name."""
    rows = await tx.execute(select(*_COLUMNS).order_by(web_accounts.c.name_key))
    return tuple(Account(*row) for row in rows)


async def appoint(tx: Transaction, id_: str, role: WebRole) -> None:
    """Give an account another role."""
    await tx.execute(update(web_accounts).where(web_accounts.c.id == id_).values(role=role))
