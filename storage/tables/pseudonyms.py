"""What stays of people who deleted everything: an id without a name, so that limits they spent stay spent.

The amounts of such a person move to a new user without a name, together with what operators decided about them. Each
of their identities stays as a hash alone, which names that user; so whoever reads the tables does not read who they
were, and somebody who returns hashes to the same row and goes on with what they had spent. Identities that were linked
share that user when they return, as they shared their limits. Who spent nothing leaves nothing.

The hash is scrypt (RFC 7914, N = 2^14, r = 8, p = 1: about 50 ms) with a secret of this bot's own, since platforms'
ids are short numbers that a quick hash would not hide.
"""

import asyncio
import hashlib
import secrets

from sqlalchemy import delete, exists, insert, or_, select, update

from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.tables import settings
from storage.tables.owners import BOT_SETTINGS, Account, Scope
from storage.tables.schema import identities, ledger, users
from storage.tables.schema import settings as settings_

PLATFORM = "erased"
"""Stands in the place of a platform's name; no front end is called so."""
SALT = "pseudonym-salt"
"""The bot's setting that holds the secret in hex."""


async def leave(tx: Transaction, user: str, now: int) -> None:
    """Put a pseudonym in the place of a person all of whose other rows are gone; of settings, only operators' stay."""
    account, scope = str(Account.user(user)), str(Scope.user(user))
    decided = or_(
        settings_.c.key.in_(("allowed", "blocked")), settings_.c.key.like("limit-%"), settings_.c.key.like("token-%")
    )
    await tx.execute(delete(settings_).where(settings_.c.scope == scope, ~decided))
    spent = select(exists().where(ledger.c.account == account))
    limited = select(exists().where(settings_.c.scope == scope))
    if await tx.scalar(spent) or await tx.scalar(limited):
        await _keep(tx, user, now)
    await tx.execute(delete(identities).where(identities.c.user_id == user))
    await tx.execute(delete(users).where(users.c.id == user))


async def returned(tx: Transaction, platform: str, platform_id: str, name: str) -> str | None:
    """The user that an identity left behind, theirs again under a new name; None for somebody who is new."""
    salt = (await settings.of_bot(tx)).get(SALT)
    if salt is None:
        return None
    hashed = await _hash(salt, platform, platform_id)
    here = (identities.c.platform == PLATFORM, identities.c.platform_id == hashed)
    user: str | None = await tx.scalar(select(identities.c.user_id).where(*here))
    if user is not None:
        known = {"platform": platform, "platform_id": platform_id, "name": name}
        await tx.execute(update(identities).where(*here).values(known))
        await tx.execute(update(users).where(users.c.id == user).values(name=name))
    return user


async def _keep(tx: Transaction, user: str, now: int) -> None:
    pseudonym = new_id()
    await tx.execute(insert(users).values(id=pseudonym, name="", created_at=now))
    await hand_over(tx, user, pseudonym)
    salt = await _salt(tx)
    columns = (identities.c.platform, identities.c.platform_id)
    for platform, platform_id in (await tx.execute(select(*columns).where(identities.c.user_id == user))).all():
        hashed = platform_id if platform == PLATFORM else await _hash(salt, platform, platform_id)
        await tx.execute(
            update(identities)
            .where(identities.c.platform == platform, identities.c.platform_id == platform_id)
            .values(platform=PLATFORM, platform_id=hashed, name="", user_id=pseudonym)
        )


async def hand_over(tx: Transaction, old: str, new: str) -> None:
    """Let one user's amounts and settings be another user's."""
    account, scope = ledger.c.account, settings_.c.scope
    await tx.execute(update(ledger).where(account == str(Account.user(old))).values(account=str(Account.user(new))))
    await tx.execute(update(settings_).where(scope == str(Scope.user(old))).values(scope=str(Scope.user(new))))


async def _salt(tx: Transaction) -> str:
    known: str | None = (await settings.of_bot(tx)).get(SALT)
    if known is None:
        known = secrets.token_hex(16)
        await settings.put(tx, BOT_SETTINGS, SALT, known)
    return known


async def _hash(salt: str, platform: str, platform_id: str) -> str:
    identity = f"{platform}:{platform_id}".encode()
    hashed = await asyncio.to_thread(hashlib.scrypt, identity, salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32)
    return hashed.hex()
