"""Composition root: builds every part once from the settings, and closes them in order."""

import asyncio
import importlib
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.core.front_state.front_facts import FrontState, front_state
from bot.core.generation.painter import ImageGenerator
from bot.core.incoming.app import App
from bot.core.results.deliverer import Deliverer
from bot.core.runtime.access_policy import AccessPolicy
from bot.core.runtime.context import Services
from bot.core.runtime.operator_claim import OperatorClaim, claimed
from bot.core.runtime.ports import Clock, Front, ModelCatalog
from bot.core.runtime.retry_policy import RetryPolicy
from bot.core.runtime.wakeups import Wakeups
from bot.core.upkeep.delete_expired import sweep
from bot.imaging.faces import FaceDetector
from bot.imaging.studio import Studio
from bot.jobs.engine import Engine
from bot.jobs.heartbeat import NameInUse
from bot.jobs.settings import JobSettings, Role, ScheduledTask, Work
from bot.process_locks import InUse
from bot.provider_factory import provider_set_of
from bot.scheduled_tasks import scheduled_tasks
from bot.settings import AccessSettings, Settings
from bot.stores import open_stores
from providers.contract.errors import SettingError
from providers.contract.provider import Provider, ReceivesWebhooks
from providers.registry import MODELS_FILE, BadModelsFile, ModelList, load_models, providers
from storage.blobs.key import confirm_key
from storage.db.database import Database
from storage.db.errors import translate

FRONTS: Mapping[str, tuple[str, str | None]] = {
    "web": ("bot.fronts.web.front:build", None),
    "discord": ("bot.fronts.discord.front:build", "DISCORD_TOKEN"),
    "telegram": ("bot.fronts.telegram.front:build", "TELEGRAM_TOKEN"),
}
"""Chat platforms: the function that builds one, and the setting that turns it on (None: always on).

One line adds a platform; its SDK is imported only when it is chosen. Its group of settings has the same name in
bot/settings.py.
"""
_RIVALS = {
    True: "Another Likeness process on this database is called {}, too: stop it, or choose another EXECUTOR_ID.",
    False: "Another Likeness process, {}, already runs on this database: stop it first, or start this one as a worker.",
}
"""By whether the other process has the same name."""


@dataclass(slots=True)
class Running:
    """The running bot; `fronts` is filled as front ends are opened."""

    app: App
    state: FrontState
    database: Database
    providers: Mapping[str, Provider]
    fronts: dict[str, Front] = field(default_factory=dict)
    scheduled_tasks: Mapping[str, ScheduledTask] = field(kw_only=True)
    claim: OperatorClaim = field(kw_only=True)
    """The code by which the first operator claims the bot, where nobody operates it yet."""
    lost: asyncio.Event = field(kw_only=True)
    """Set when other processes have expired this one and taken its jobs over: it must end."""

    async def sweep(self) -> None:
        """Delete expired rows and files, and close votes whose deadline has passed."""
        await self.scheduled_tasks["sweep"].do()


def models_of(settings: Settings) -> ModelList:
    """Return the models of MODELS_FILE or the shipped list whose providers are on; raises SettingError or BadPlugin."""
    try:
        listed = load_models(settings.models.models_file or MODELS_FILE)
    except BadModelsFile as exc:
        raise SettingError("MODELS_FILE", f"correct it, or leave it out for the shipped list ({exc})") from exc
    known = providers()
    usable = listed.usable(settings.of(key for one in known.values() for key in one.keys))
    if not usable.models:
        keys = sorted({key for model in listed.models for key in known[model.provider].keys})
        raise SettingError("MODELS_FILE", f"none of its models can be used: set one of {', '.join(keys)}")
    return usable


def policy_of(settings: AccessSettings, *, paid: bool) -> AccessPolicy:
    """Return the policy of the settings; without ACCESS it is open unless a model costs money."""
    access = settings.access or ("allowlist" if paid else "open")
    return AccessPolicy(
        admins=settings.admins, open=access == "open", spend_month=settings.spend_month, web=settings.web,
        web_accounts=settings.web_token is not None,
    )  # fmt: skip


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    clock: Clock = lambda: datetime.now(UTC),
    patience: RetryPolicy | None = None,
    role: Role = "run",
) -> AsyncIterator[Running]:
    """Run the bot: tables migrated, engine started; everything is closed in order at the end. A worker only draws.

    Raises SettingError, BadPlugin, InUse or StorageError.
    """
    async with AsyncExitStack() as stack:
        listed = models_of(settings)
        patience = patience or RetryPolicy()
        policy = policy_of(settings.access, paid=listed.paid)
        database, blobs = await open_stores(stack, settings, role)
        await confirm_key(blobs)
        studio = Studio(FaceDetector())
        stack.callback(studio.close)
        built = provider_set_of(listed, settings, studio, patience.rest)
        for provider in built.raw.values():
            stack.push_async_callback(provider.aclose)
        fronts: dict[str, Front] = {}
        claim = OperatorClaim(open_=not policy.admins and not await claimed(database))
        jobs = _job_settings(settings, listed, role)
        engine = Engine(database, jobs)
        services = Services(
            database=database, blobs=blobs, studio=studio,
            drawing=ModelCatalog(listed.models, built.guarded, jobs.accounts, built.reporting),
            jobs=engine, fronts=fronts, policy=policy, clock=clock, changes=Wakeups(), claim=claim, patience=patience,
        )  # fmt: skip
        app = App(services)
        _listen(app, built.raw)
        stack.push_async_callback(engine.stop)
        running_ = Running(
            app, front_state(database), database, built.raw, fronts,
            scheduled_tasks=scheduled_tasks(services), claim=claim, lost=engine.lost,
        )  # fmt: skip
        if role == "run":
            await sweep(services)
        yield await _started(running_, engine, services, jobs.executor)


def _listen(app: App, providers: Mapping[str, Provider]) -> None:
    """Pass webhooks on to the providers that receive them."""
    for name, provider in providers.items():
        if isinstance(provider, ReceivesWebhooks):
            app.listen(name, provider.hooked)


async def _started(bot: Running, engine: Engine, services: Services, name: str) -> Running:
    try:
        await engine.start(Work(ImageGenerator(services), Deliverer(services), bot.scheduled_tasks))
    except NameInUse as exc:
        raise InUse(_RIVALS[exc.rival.executor == name].format(exc.rival.executor)) from exc
    except Exception as exc:  # the engine has tables and a driver of its own
        if ours := translate(exc):
            raise ours from exc
        raise
    bot.app.started = True
    return bot


def fronts_of(settings: Settings) -> list[str]:
    """Return the front ends that the settings turn on."""
    return [name for name, (_, key) in FRONTS.items() if key is None or settings.is_set(key)]


def check_fronts(settings: Settings) -> list[str]:
    """Return the front ends that the settings turn on, once the group of each was read; raises SettingError."""
    names = fronts_of(settings)
    for name in names:
        getattr(settings, name)
    return names


def open_front(name: str, bot: Running, settings: Settings) -> Any:
    """Build a front end and let the core speak through it; raises SettingError."""
    module, _, attribute = FRONTS[name][0].partition(":")
    build = getattr(importlib.import_module(module), attribute)
    front = build(bot.app, bot.state, getattr(settings, name))
    bot.fronts[front.platform] = front
    return front


def _job_settings(settings: Settings, listed: ModelList, role: Role) -> JobSettings:
    accounts = {name: listed.account(name) for name in dict.fromkeys(model.provider for model in listed.models)}
    # A name is all that processes on one database know of each other; a container's host has a name of its own.
    executor = settings.jobs.executor_id or f"{role}-{socket.gethostname()}"
    return JobSettings(executor=executor, accounts=accounts, role=role)
