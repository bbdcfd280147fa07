"""Accounts and sessions of the web chat: who may sign in, as whom, and until when.

A cookie and a link hold random bits; the database holds their SHA-256 alone. Whoever signs in becomes a member of the
team's place at once, so that they may see and judge what was posted there before they say anything.
"""

import hashlib
import secrets
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass

from bot.core.account.link_codes import key_of, new_code
from bot.core.runtime.session_watch import SessionWatch
from storage.db.database import Database, Transaction
from storage.db.errors import StorageError
from storage.tables import people, settings, web_accounts, web_invitations, web_sessions, workspaces
from storage.tables.enums import Audience, WebRole, WorkspaceRole
from storage.tables.owners import Scope
from storage.tables.web_accounts import PLATFORM, Account
from storage.tables.web_invitations import Invitation
from storage.tables.web_sessions import Session

__all__ = ["Account", "Invitation", "NameTaken", "NoSuchLink", "NotAName", "Session", "WebAccounts", "WebRole"]

TEAM = "team"
"""The chat of the place that everybody who signed in shares."""
BOT_NAME = "bot"
"""The author of our own messages in that place; nobody else may be called so."""
NAME_LONGEST = 60
INVITED_FOR = 3 * 86_400_000
"""Milliseconds in which an operator's link must be used."""
OWN_LINK_FOR = 600_000
"""Milliseconds in which a link to one's own account must be used."""
_TOUCHED_EVERY = 300_000
"""Milliseconds after which the last use of a session is noted again: not every request writes."""
_COOKIE_BYTES = 32


class NoSuchLink(LookupError):
    """The link was used, has expired or was withdrawn, or its person is blocked."""


class NotAName(ValueError):
    """The name has no letter or digit, or is the bot's."""


class NameTaken(ValueError):
    """Another account has that name."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session, and what its cookie holds."""

    session: Session
    secret: str


@dataclass(frozen=True, slots=True)
class Member:
    """An account with its number of sessions; `blocked` keeps it out."""

    account: Account
    sessions: int
    seen_at: int | None
    blocked: bool


def shown_name(name: str) -> str:
    """A name as it is shown; raises NotAName."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in name).split())[:NAME_LONGEST].strip()
    if web_accounts.name_key(shown) in ("", BOT_NAME):
        raise NotAName
    return shown


class WebAccounts:
    """The accounts; `now` tells Unix milliseconds, `watch` hears when sessions end."""

    def __init__(self, database: Database, now: Callable[[], int], watch: SessionWatch) -> None:
        self._database = database
        self._now = now
        self.watch = watch

    async def session(self, secret: str) -> Session | None:
        """The session whose cookie holds `secret`, and note that it is used; None when it is over."""
        now = self._now()
        async with self._database.read() as tx:
            found = await web_sessions.valid(tx, _hash(secret), now)
        if found and now - found.seen_at > _TOUCHED_EVERY:
            with suppress(StorageError):  # noted at the next request
                async with self._database.write(short=True) as tx:
                    await web_sessions.touch(tx, found.id, now)
        return found

    async def valid(self, ids: Collection[str]) -> frozenset[str]:
        """Those of the sessions that are not over."""
        async with self._database.read() as tx:
            return await web_sessions.valid_among(tx, ids, self._now())

    async def sessions(self, account: str) -> tuple[Session, ...]:
        """The sessions of an account, the latest used first."""
        async with self._database.read() as tx:
            return await web_sessions.every(tx, self._now(), account)

    async def members(self) -> tuple[Member, ...]:
        """All accounts by name."""
        async with self._database.read() as tx:
            accounts = await web_accounts.every(tx)
            sessions = await web_sessions.every(tx, self._now())
            blocked = {one.id for one in accounts if await _is_blocked(tx, one.id)}
        mine = {one.id: [session for session in sessions if session.account.id == one.id] for one in accounts}
        return tuple(
            Member(one, len(mine[one.id]), max((s.seen_at for s in mine[one.id]), default=None), one.id in blocked)
            for one in accounts
        )

    async def invitations(self) -> tuple[Invitation, ...]:
        """The links that wait for somebody new."""
        async with self._database.read() as tx:
            return tuple(one for one in await web_invitations.every_open(tx, self._now()) if one.account is None)

    async def enter_as_operator(self, name: str, device: str) -> SignedIn:
        """A session of the operator's account of that name, made where there is none.

        For whoever gave WEB_TOKEN. Raises NotAName, and NameTaken when the account is no operator's or is blocked.
        """
        shown = shown_name(name)
        async with self._database.write() as tx:
            account = await web_accounts.named(tx, shown)
            if account is None:
                account = await self._create(tx, shown, WebRole.OPERATOR, None)
            elif account.role != WebRole.OPERATOR or await _is_blocked(tx, account.id):
                raise NameTaken(shown)
            return await self._sign_in(tx, account, device)

    async def invite(self, by: str, role: WebRole, *, user: str | None = None) -> str:
        """The code of a new link of the user `by` for somebody new, or for the known person `user`."""
        return await self._link(by, role, INVITED_FOR, user=user)

    async def link_to(self, account: Account, by: str, *, own: bool) -> str:
        """The code of a new link that signs in to an account, made by its person (`own`) or by an operator."""
        return await self._link(by, account.role, OWN_LINK_FOR if own else INVITED_FOR, account=account.id)

    async def withdraw(self, invitation: str) -> None:
        """Make a link that was not used worthless."""
        async with self._database.write() as tx:
            await web_invitations.withdraw(tx, invitation)

    async def open_link(self, code: str) -> tuple[Invitation, Account | None]:
        """What a link is for: an account that exists, or None for a new one. Raises NoSuchLink."""
        async with self._database.read() as tx:
            return await self._opened(tx, code)

    async def accept(self, code: str, name: str, device: str) -> SignedIn:
        """Use a link: a session of its account, made under `name` where there is none.

        Raises NoSuchLink; NotAName and NameTaken leave the link as it is.
        """
        async with self._database.write() as tx:
            invitation, account = await self._opened(tx, code)
            if account is None:
                account = await self._create(tx, shown_name(name), invitation.role, invitation.user)
            if not await web_invitations.use(tx, invitation.id, self._now()):
                raise NoSuchLink
            return await self._sign_in(tx, account, device)

    async def sign_out(self, session: str, account: str) -> None:
        """End one session of an account."""
        async with self._database.write() as tx:
            await web_sessions.end(tx, session, account)
        await self.watch.ended()

    async def sign_out_everywhere(self, account: str, *, but: str | None = None) -> None:
        """End all sessions of an account, except `but`, and its unused sign-in links."""
        async with self._database.write() as tx:
            await web_sessions.end_of_account(tx, account, but=but)
            await web_invitations.withdraw_of_account(tx, account)
        await self.watch.ended()

    async def appoint(self, account: str, role: WebRole) -> None:
        """Give an account another role, which holds from its next request on."""
        async with self._database.write() as tx:
            user = await people.find(tx, PLATFORM, account)
            if user is None:
                return
            await web_accounts.appoint(tx, account, role)
            await settings.put(tx, Scope.user(user.id), "operator", None)
            if not await _blocked(tx, user.id):
                await self._give_rights(tx, user.id, role)
        await self.watch.ended()

    async def block(self, account: str) -> None:
        """Keep the person of an account out, everywhere, from now on."""
        async with self._database.write() as tx:
            if user := await people.find(tx, PLATFORM, account):
                await shut_out(tx, user.id)
        await self.watch.ended()

    async def unblock(self, account: str) -> None:
        """Let the person of an account in again; they sign in anew."""
        async with self._database.write() as tx:
            user = await people.find(tx, PLATFORM, account)
            known = await web_accounts.get(tx, account)
            if user and known:
                await settings.put(tx, Scope.user(user.id), "blocked", None)
                await self._give_rights(tx, user.id, known.role)

    async def of_user(self, user: str) -> Account | None:
        """The account of a person, or None."""
        async with self._database.read() as tx:
            return await web_accounts.of_user(tx, user)

    async def user_of(self, account: str) -> str:
        """The user behind an account."""
        async with self._database.read() as tx:
            user = await people.find(tx, PLATFORM, account)
        if user is None:
            raise NoSuchLink
        return user.id

    async def reads_team(self, account: str) -> bool:
        """Whether an account is a member of the team's place and not blocked."""
        async with self._database.read() as tx:
            user = await people.find(tx, PLATFORM, account)
            team = await workspaces.find(tx, PLATFORM, TEAM)
            if user is None or team is None or await web_accounts.get(tx, account) is None:
                return False
            return await workspaces.role(tx, team.id, user.id) is not None and not await _blocked(tx, user.id)

    async def _link(
        self, by: str, role: WebRole, life: int, *, user: str | None = None, account: str | None = None
    ) -> str:
        code, now = new_code(), self._now()
        invitation = Invitation(
            id=key_of(code), role=role, created_by=by, expires_at=now + life, user=user, account=account
        )
        async with self._database.write() as tx:
            await web_invitations.add(tx, invitation, now)
        return code

    async def _opened(self, tx: Transaction, code: str) -> tuple[Invitation, Account | None]:
        invitation = await web_invitations.open_(tx, key_of(code), self._now())
        if invitation is None:
            raise NoSuchLink
        account = await web_accounts.get(tx, invitation.account) if invitation.account else None
        known = invitation.user
        if invitation.account and (account is None or await _is_blocked(tx, account.id)):
            raise NoSuchLink
        if known and await _blocked(tx, known):
            raise NoSuchLink
        return invitation, account

    async def _create(self, tx: Transaction, name: str, role: WebRole, user: str | None) -> Account:
        if await web_accounts.named(tx, name):
            raise NameTaken(name)
        account = await web_accounts.add(tx, name, role, self._now())
        if user is None:
            user = (await people.find_or_add(tx, PLATFORM, account.id, name, self._now())).id
        else:
            await people.add_identity(tx, user, PLATFORM, account.id, name)
        await self._give_rights(tx, user, role)
        return account

    async def _sign_in(self, tx: Transaction, account: Account, device: str) -> SignedIn:
        user = await people.find(tx, PLATFORM, account.id)
        if user is None:
            raise NoSuchLink
        await self._give_rights(tx, user.id, account.role)
        secret = secrets.token_urlsafe(_COOKIE_BYTES)
        return SignedIn(await web_sessions.add(tx, _hash(secret), account, device, self._now()), secret)

    async def _give_rights(self, tx: Transaction, user: str, role: WebRole) -> None:
        """Let a person use the bot and see the team's place, with the rights of a role."""
        team = await workspaces.find_or_add(tx, PLATFORM, TEAM, Audience.GROUP, self._now())
        await workspaces.join(tx, team.id, user)
        here = WorkspaceRole.MEMBER if role == WebRole.OPERATOR else WorkspaceRole(role)
        await workspaces.appoint(tx, team.id, user, here)
        await settings.put(tx, Scope.user(user), "allowed", True)
        if role == WebRole.OPERATOR:  # no other role takes this away: they may be one elsewhere, by /admin claim
            await settings.put(tx, Scope.user(user), "operator", True)


async def shut_out(tx: Transaction, user: str) -> None:
    """Block a person: their sessions end, links they made or that are for them are worthless, the team's place is
    closed to them."""
    await settings.put(tx, Scope.user(user), "allowed", None)
    await settings.put(tx, Scope.user(user), "blocked", True)
    await web_sessions.end_of_user(tx, user)
    await web_invitations.withdraw_by(tx, user)
    await workspaces.leave(tx, PLATFORM, TEAM, user)


async def _is_blocked(tx: Transaction, account: str) -> bool:
    user = await people.find(tx, PLATFORM, account)
    return user is None or await _blocked(tx, user.id)


async def _blocked(tx: Transaction, user: str) -> bool:
    scope = Scope.user(user)
    return bool((await settings.of(tx, scope))[scope].get("blocked"))


def _hash(secret: str) -> str:
    """The id under which a session is stored: 128 bits of the SHA-256 of its cookie, in hex."""
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()[:32]
