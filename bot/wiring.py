"""The composition root: builds every part once from a mapping of settings, and closes them in order."""

import asyncio
import importlib
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from bot.core.chat.errors import BadSetting
from bot.core.curation.vote_closing import close_overdue
from bot.core.front_state.transcript import Transcript
from bot.core.generation.painter import ImageGenerator
from bot.core.incoming.app import App
from bot.core.results.deliverer import Deliverer
from bot.core.runtime.access_policy import parse_policy
from bot.core.runtime.context import Services
from bot.core.runtime.operator_claim import OperatorClaim, claimed
from bot.core.runtime.ports import Clock, Front, ModelCatalog
from bot.core.runtime.retry_policy import RetryPolicy
from bot.core.runtime.wakeups import Wakeups
from bot.core.upkeep.delete_expired import sweep
from bot.core.upkeep.delete_old import tidy
from bot.core.upkeep.recover import mend
from bot.data_folder import data_folder
from bot.imaging.faces import FaceDetector
from bot.imaging.studio import Studio
from bot.jobs.engine import Engine
from bot.jobs.heartbeat import NameInUse
from bot.jobs.settings import Chore, JobSettings, Role, Work
from bot.provider_factory import provider_set_of
from bot.store_settings import store_options
from providers.contract.provider import Provider, ReceivesWebhooks
from providers.registry import MODELS_FILE, PROVIDERS, BadModelsFile, ModelList, load_models
from storage.blobs.key import confirm_key
from storage.blobs.store import Blobs, open_blobs
from storage.db import address
from storage.db.database import Database, sqlite_url
from storage.db.errors import StorageError, translate
from storage.db.migrate import migrate

FRONTS: Mapping[str, tuple[str, str | None]] = {
    "web": ("bot.fronts.web.front:build", None),
    "discord": ("bot.fronts.discord.front:build", "DISCORD_TOKEN"),
    "telegram": ("bot.fronts.telegram.front:build", "TELEGRAM_TOKEN"),
}
"""Chat platforms: who builds one, and the setting that turns it on (None: always on).

One line adds a platform; its SDK is imported only when it is chosen. Beside it stands settings.py, whose `parse` raises
BadSetting.
"""


IMPATIENCE = 2_000
"""Milliseconds a start waits for another program to let go of the database; a request waits longer."""


_TAKEN = {
    True: "Another Likeness process on this database is called {}, too: stop it, or choose another EXECUTOR_ID.",
    False: "Another Likeness process, {}, already runs on this database: stop it first, or start this one as a worker.",
}
"""By whether the other process has the same name."""


class InUse(Exception):
    """Another process works in the data folder, or has this one's place on the database."""


@dataclass(slots=True)
class Running:
    """The running bot; `fronts` is filled as front ends are opened."""

    app: App
    transcript: Transcript
    database: Database
    providers: Mapping[str, Provider]
    fronts: dict[str, Front] = field(default_factory=dict)
    chores: Mapping[str, Chore] = field(kw_only=True)
    """What the engine does now and then."""
    claim: OperatorClaim = field(kw_only=True)
    """The code by which the first operator claims the bot, where nobody operates it yet."""
    lost: asyncio.Event = field(kw_only=True)
    """Set when other processes have taken this one for dead and its work over: it must end."""

    async def sweep(self) -> None:
        """Delete what has had its time, and close votes whose deadline has passed."""
        await self.chores["sweep"].do()


def database_of(settings: Mapping[str, str]) -> Database:
    """The database of DATABASE_URL, else of DATA_DIR; raises BadSetting."""
    return Database(address_of(settings) or address.read(sqlite_url(data_folder(settings))))


def address_of(settings: Mapping[str, str]) -> address.Address | None:
    """The address in DATABASE_URL, with the password of DATABASE_PASSWORD; None without one. Raises BadSetting."""
    if not (url := settings.get("DATABASE_URL")):
        return None
    try:
        return address.read(url, settings.get("DATABASE_PASSWORD"))
    except address.BadAddress as exc:
        raise BadSetting("DATABASE_URL", str(exc)) from exc


def blobs_of(settings: Mapping[str, str]) -> Blobs:
    """The blob store of BLOB_URL, else of DATA_DIR; raises BadSetting or StorageError."""
    url = settings.get("BLOB_URL")
    try:
        folder = Path() if url else data_folder(settings)
        return open_blobs(folder / "blobs", url, settings.get("BLOB_KEY"), store_options(settings))
    except ValueError as exc:
        raise BadSetting("BLOB_KEY", f"give 32 bytes in URL-safe base64 ({exc})") from exc
    except StorageError as exc:
        if not url:
            raise
        raise BadSetting("BLOB_URL", f"write it like s3://bucket, gs://bucket or az://container ({exc})") from exc


async def unlocked(where: address.Address) -> None:
    """Raise StorageError soon when a database cannot be written or another program holds it."""
    database = Database(where, busy=IMPATIENCE)
    try:
        async with database.write():
            pass
    finally:
        await database.close()


def models_of(settings: Mapping[str, str]) -> ModelList:
    """The models of MODELS_FILE or the shipped list whose providers are on; raises BadSetting."""
    try:
        listed = load_models(Path(settings.get("MODELS_FILE") or MODELS_FILE))
    except BadModelsFile as exc:
        raise BadSetting("MODELS_FILE", f"correct it, or leave it out for the shipped list ({exc})") from exc
    usable = listed.usable(settings)
    if not usable.models:
        keys = sorted({key for model in listed.models for key in PROVIDERS[model.provider][1]})
        raise BadSetting("MODELS_FILE", f"none of its models can be used: set one of {', '.join(keys)}")
    return usable


def lock(folder: Path) -> FileLock:
    """Hold a data folder for this process; raises InUse."""
    return _held(folder / "lock", folder, "choose another folder with DATA_DIR")


def lock_file(file: Path) -> FileLock:
    """Hold a SQLite database for this process, which data folders may share by DATABASE_URL; raises InUse."""
    return _held(file.with_name(f"{file.name}.lock"), file, "choose another with DATABASE_URL")


def _held(file: Path, place: Path, otherwise: str) -> FileLock:
    held = FileLock(file, timeout=0)
    try:
        held.acquire()
    except Timeout as exc:
        raise InUse(
            f"Another Likeness process already works in {place.resolve()}: stop it first, or {otherwise}."
        ) from exc
    except OSError as exc:
        raise BadSetting(
            "DATA_DIR", f"choose a folder that can be written; {file.parent} cannot: {exc.strerror}"
        ) from exc
    return held


@asynccontextmanager
async def running(
    settings: Mapping[str, str],
    *,
    clock: Clock = lambda: datetime.now(UTC),
    patience: RetryPolicy | None = None,
    role: Role = "run",
) -> AsyncIterator[Running]:
    """The bot at work: tables migrated, engine started; everything is closed in order at the end.

    As a worker it only draws.

    Raises BadSetting, InUse or StorageError.
    """
    async with AsyncExitStack() as stack:
        listed = models_of(settings)
        patience = patience or RetryPolicy()
        policy = parse_policy(settings, paid=listed.paid)
        database, blobs = await open_stores(stack, settings, role)
        await confirm_key(blobs)
        studio = Studio(FaceDetector())
        stack.callback(studio.close)
        suppliers = provider_set_of(listed, settings, studio, patience.rest)
        for provider in suppliers.bare.values():
            stack.push_async_callback(provider.aclose)
        fronts: dict[str, Front] = {}
        claim = OperatorClaim(open_=not policy.admins and not await claimed(database))
        jobs = _job_settings(settings, listed, role)
        engine = Engine(database, jobs)
        services = Services(
            database=database, blobs=blobs, studio=studio,
            drawing=ModelCatalog(listed.models, suppliers.wrapped, jobs.accounts, suppliers.telling),
            jobs=engine, fronts=fronts, policy=policy, clock=clock, changes=Wakeups(), claim=claim, patience=patience,
        )  # fmt: skip
        app = App(services)
        _listen(app, suppliers.bare)
        stack.push_async_callback(engine.stop)
        running_ = Running(
            app, Transcript(database), database, suppliers.bare, fronts,
            chores=_chores(services), claim=claim, lost=engine.lost,
        )  # fmt: skip
        if role == "run":
            await sweep(services)
        yield await _started(running_, engine, services, jobs.executor)


async def open_stores(stack: AsyncExitStack, settings: Mapping[str, str], role: Role) -> tuple[Database, Blobs]:
    """The database, migrated and this process' own where it must be, and the blobs; closed with the stack.

    Raises BadSetting, InUse or StorageError.
    """
    if role == "worker":
        check_shared(settings)
    database, blobs = database_of(settings), blobs_of(settings)
    stack.push_async_callback(database.close)
    if role == "run":
        stack.callback(lock(data_folder(settings)).release)
    await unlocked(database.address)
    if database.file:
        stack.callback(lock_file(database.file).release)
    await migrate(database)
    return database, blobs


def _listen(app: App, providers: Mapping[str, Provider]) -> None:
    """Let the providers that are told of pictures by web request hear of them."""
    for name, provider in providers.items():
        if isinstance(provider, ReceivesWebhooks):
            app.listen(name, provider.hooked)


def _chores(services: Services) -> Mapping[str, Chore]:
    async def swept() -> None:
        await sweep(services)
        await close_overdue(services)

    return {
        "sweep": Chore("*/10 * * * *", swept),
        "mend": Chore("* * * * *", lambda: mend(services)),
        "tidy": Chore("7 * * * *", lambda: tidy(services)),
    }


async def _started(bot: Running, engine: Engine, services: Services, name: str) -> Running:
    try:
        await engine.start(Work(ImageGenerator(services), Deliverer(services), bot.chores))
    except NameInUse as exc:
        raise InUse(_TAKEN[exc.rival.executor == name].format(exc.rival.executor)) from exc
    except Exception as exc:  # the engine has tables and a driver of its own
        if ours := translate(exc):
            raise ours from exc
        raise
    bot.app.started = True
    return bot


def fronts_of(settings: Mapping[str, str]) -> list[str]:
    """The front ends that the settings turn on."""
    return [name for name, (_, key) in FRONTS.items() if key is None or settings.get(key)]


def check_fronts(settings: Mapping[str, str]) -> list[str]:
    """The front ends that the settings turn on, once each could read its own; raises BadSetting."""
    names = fronts_of(settings)
    for name in names:
        package = FRONTS[name][0].rpartition(".")[0]
        importlib.import_module(f"{package}.settings").parse(settings)
    return names


def open_front(name: str, bot: Running, settings: Mapping[str, str]) -> Any:
    """Build a front end and let the core speak through it; raises BadSetting."""
    module, _, attribute = FRONTS[name][0].partition(":")
    front = getattr(importlib.import_module(module), attribute)(bot.app, bot.transcript, settings)
    bot.fronts[front.platform] = front
    return front


def check_shared(settings: Mapping[str, str]) -> None:
    """Raise BadSetting unless other processes can reach the same rows and bytes."""
    found = address_of(settings)
    if found is None or found.is_sqlite:
        raise BadSetting("DATABASE_URL", "a worker shares the database of `run`: give the same postgresql://…")
    if not settings.get("BLOB_URL"):
        raise BadSetting("BLOB_URL", "a worker shares the pictures of `run`: give the same s3://…, gs://… or az://…")


def _job_settings(settings: Mapping[str, str], listed: ModelList, role: Role) -> JobSettings:
    accounts = {name: listed.account(name) for name in dict.fromkeys(model.provider for model in listed.models)}
    # A name is all that processes on one database know of each other; a container's host has a name of its own.
    executor = settings.get("EXECUTOR_ID") or f"{role}-{socket.gethostname()}"
    return JobSettings(executor=executor, accounts=accounts, role=role)
