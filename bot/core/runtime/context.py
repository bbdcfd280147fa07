"""Everything a use case works with: the parts of the running bot, and who asks what where."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from bot.core.chat.messages import Audience, Event, Outgoing, Place, Speak, Who
from bot.core.money.limits import Limits, MemberLimits, accounts_of, limits_from, member_of
from bot.core.runtime.access_policy import AccessPolicy
from bot.core.runtime.operator_claim import OperatorClaim
from bot.core.runtime.ports import Clock, Front, Jobs, ModelCatalog
from bot.core.runtime.retry_policy import RetryPolicy
from bot.core.runtime.session_watch import SessionWatch
from bot.core.runtime.wakeups import Wakeups
from bot.imaging.studio import Studio
from storage.blobs.store import Blobs
from storage.db.database import Database, Transaction
from storage.db.errors import StorageError
from storage.db.ids import moment
from storage.queries.priorities import PRIORITY
from storage.tables import people, settings, workspaces
from storage.tables.drafts import NewDraft
from storage.tables.enums import WorkspaceRole
from storage.tables.owners import Account, Scope
from storage.tables.people import User
from storage.tables.workspaces import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What the running bot is made of, built once by wiring."""

    database: Database
    blobs: Blobs
    studio: Studio
    drawing: ModelCatalog
    jobs: Jobs
    fronts: Mapping[str, Front]
    policy: AccessPolicy
    clock: Clock
    changes: Wakeups
    claim: OperatorClaim
    patience: RetryPolicy = field(default_factory=RetryPolicy)
    sessions: SessionWatch = field(default_factory=SessionWatch)
    announcing: set[str] = field(default_factory=set)
    """Generations whose progress message is being posted by this process."""

    def now(self) -> int:
        """Unix milliseconds."""
        return moment(self.clock())


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One event on its way: who asks, where, in which language, and how to answer."""

    services: Services
    event_id: str
    place: Place
    who: Who
    locale: str
    user: User
    workspace: Workspace
    own: Mapping[str, Any]
    shared: Mapping[str, Any]
    speak: Speak
    role: WorkspaceRole = WorkspaceRole.MEMBER
    admitted: bool = True
    """Whether this person may use the bot here; nobody else gets further than being greeted."""

    @property
    def now(self) -> int:
        return self.services.now()

    @property
    def operates(self) -> bool:
        """Whether they own the bot: named by the settings, or by the code they claimed it with."""
        return self.services.policy.operates(self.who) or bool(self.own.get("operator"))

    @property
    def moderates(self) -> bool:
        """Whether they look after the place they are in."""
        return self.operates or self.role == WorkspaceRole.MODERATOR

    @property
    def goes_first(self) -> bool:
        """Whether the operator lets this person's pictures come before others'."""
        return bool(self.own.get(PRIORITY))

    @property
    def in_group(self) -> bool:
        """Whether others read along."""
        return self.place.audience == Audience.GROUP

    @property
    def group(self) -> str | None:
        """The workspace's id, where it is a group."""
        return self.workspace.id if self.in_group else None

    @property
    def accounts(self) -> Mapping[Account, Limits]:
        """The accounts a request of this person here is counted on, their own first, with their limits."""
        return accounts_of(self.user.id, self.group, self.own, self.shared)

    @property
    def own_limits(self) -> Limits:
        """What this person may use."""
        return limits_from(self.own)

    @property
    def member(self) -> MemberLimits | None:
        """What a moderator lets this person use of the group they are in."""
        return member_of(self.user.id, self.group, self.shared)

    def new_draft(self, life: int) -> NewDraft:
        """A draft of this person here that waits for `life` milliseconds."""
        now = self.now
        return NewDraft(
            user=self.user.id, workspace=self.workspace.id, event=self.event_id, created_at=now, expires_at=now + life
        )

    async def say(self, outgoing: Outgoing) -> None:
        await self.speak(outgoing)


async def arrive(services: Services, event: Event, speak: Speak) -> Context:
    """Who an event comes from, known from before or met now, and whether they may use the bot."""
    async with services.database.read() as tx:
        user = await people.find(tx, event.who.platform, event.who.id)
        workspace = await workspaces.find(tx, event.place.platform, event.place.chat)
        met = await workspaces.role(tx, workspace.id, user.id) if user and workspace else None
        own, shared = await _settings(tx, user, workspace) if user and workspace else ({}, {})
    if user is None or workspace is None or met != _role(event.who, met):
        user, workspace = await _meet(services, event)
        async with services.database.read() as tx:
            own, shared = await _settings(tx, user, workspace)
    await _hear(services, event, user, own)
    blocked = own.get("blocked") or shared.get("blocked")
    let_in = (own.get("allowed"), own.get("operator"), shared.get("allowed"))
    admitted = not blocked and services.policy.admits(event.who, [bool(one) for one in let_in])
    role = _role(event.who, met)
    return Context(
        services=services, event_id=event.event_id, place=event.place, who=event.who,
        locale=spoken(own, event.who.platform, event.locale), user=user, workspace=workspace, own=own, shared=shared,
        speak=speak, role=role, admitted=admitted,
    )  # fmt: skip


def spoken(own: Mapping[str, Any], platform: str, client: str) -> str:
    """The language a person reads: the one they chose, their client's, or what it was when it last told."""
    return str(own.get("language") or client or own.get(_client_language(platform)) or "en")


async def _hear(services: Services, event: Event, user: User, own: Mapping[str, Any]) -> None:
    """Keep the language of a person's client: not every event of every platform tells it."""
    key = _client_language(event.who.platform)
    if event.locale and event.locale != own.get(key):
        with suppress(StorageError):  # it is told again, and nobody's request fails for it
            async with services.database.write(short=True) as tx:
                await settings.put(tx, Scope.user(user.id), key, event.locale)


def _client_language(platform: str) -> str:
    return f"client-language-{platform}"


async def _settings(tx: Transaction, user: User, workspace: Workspace) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The settings of a person and of the place they are in."""
    own, shared = Scope.user(user.id), Scope.workspace(workspace.id)
    found = await settings.of(tx, own, shared)
    return found[own], found[shared]


async def _meet(services: Services, event: Event) -> tuple[User, Workspace]:
    who, place, now = event.who, event.place, services.now()
    async with services.database.write() as tx:
        user = await people.find_or_add(tx, who.platform, who.id, who.name, now)
        workspace = await workspaces.find_or_add(tx, place.platform, place.chat, place.audience, now)
        await workspaces.join(tx, workspace.id, user.id)
        known = await workspaces.role(tx, workspace.id, user.id)
        await workspaces.appoint(tx, workspace.id, user.id, _role(who, known))
        if event.locale:
            await settings.put(tx, Scope.user(user.id), _client_language(who.platform), event.locale)
    return user, workspace


def _role(who: Who, known: WorkspaceRole | None) -> WorkspaceRole:
    """The role of a person in a place: as the platform says, else as it was."""
    if who.manages is None:
        return known or WorkspaceRole.MEMBER
    return WorkspaceRole.MODERATOR if who.manages else WorkspaceRole.MEMBER
