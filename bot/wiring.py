"""The composition root: builds every part once from a mapping of settings, and closes them in order."""

import importlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from bot.core.app import App
from bot.core.changes import Changes
from bot.core.claim import Claim, claimed
from bot.core.closing import close_overdue
from bot.core.context import Parts
from bot.core.deliver import Deliverer
from bot.core.draw import Painter
from bot.core.errors import BadSetting
from bot.core.patience import Patience
from bot.core.policy import parse_policy
from bot.core.ports import Clock, Drawing, Front
from bot.core.retention import sweep
from bot.core.transcript import Transcript
from bot.imaging.faces import FaceDetector
from bot.imaging.studio import Studio
from bot.jobs.engine import Engine, JobSettings
from bot.suppliers import suppliers_of
from providers.base import Hooked, Provider
from providers.registry import MODELS_FILE, PROVIDERS, BadModelsFile, ModelList, load_models
from storage.blobs import Blobs, open_blobs
from storage.db import Database, sqlite_url
from storage.errors import StorageError, translate
from storage.migrate import migrate

FRONTS: Mapping[str, tuple[str, str | None]] = {
    "web": ("bot.fronts.web.front:build", None),
    "discord": ("bot.fronts.discord.front:build", "DISCORD_TOKEN"),
}
"""Chat platforms: who builds one, and the setting that turns it on (None: always on).

One line adds a platform; its SDK is imported only when it is chosen. Beside it stands settings.py, whose `parse` raises
BadSetting.
"""


IMPATIENCE = 2_000
"""Milliseconds a start waits for another program to let go of the database; a request waits longer."""


class InUse(Exception):
    """Another process works in the data folder."""


@dataclass(slots=True)
class Running:
    """The running bot; `fronts` is filled as front ends are opened."""

    app: App
    transcript: Transcript
    database: Database
    providers: Mapping[str, Provider]
    fronts: dict[str, Front] = field(default_factory=dict)
    sweep: Callable[[], Awaitable[object]] = field(kw_only=True)
    """What the engine does every ten minutes."""
    claim: Claim = field(kw_only=True)
    """The code by which the first operator claims the bot, where nobody operates it yet."""


@dataclass(frozen=True, slots=True)
class Stores:
    """Where rows and bytes live."""

    folder: Path
    database: Database
    blobs: Blobs


def stores_of(settings: Mapping[str, str]) -> Stores:
    """Open the stores of DATA_DIR, DATABASE_URL, BLOB_URL and BLOB_KEY; raises BadSetting or StorageError."""
    return Stores(folder_of(settings), database_of(settings), blobs_of(settings))


def folder_of(settings: Mapping[str, str]) -> Path:
    """The folder of DATA_DIR, made where there is none; raises BadSetting."""
    folder = Path(settings.get("DATA_DIR") or "data")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise BadSetting("DATA_DIR", f"choose a folder that can be written; {folder} cannot: {exc.strerror}") from exc
    return folder


def database_of(settings: Mapping[str, str]) -> Database:
    """The database of DATABASE_URL, else of DATA_DIR; raises BadSetting."""
    url = settings.get("DATABASE_URL") or sqlite_url(folder_of(settings))
    if not url.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
        raise BadSetting("DATABASE_URL", "begin it with sqlite+aiosqlite:// or postgresql+asyncpg://")
    return Database(url)


def blobs_of(settings: Mapping[str, str]) -> Blobs:
    """The blob store of BLOB_URL, else of DATA_DIR; raises BadSetting or StorageError."""
    url = settings.get("BLOB_URL")
    try:
        return open_blobs(folder_of(settings) / "blobs", url, settings.get("BLOB_KEY"))
    except ValueError as exc:
        raise BadSetting("BLOB_KEY", f"give 32 bytes in URL-safe base64 ({exc})") from exc
    except StorageError as exc:
        if not url:
            raise
        raise BadSetting("BLOB_URL", f"write it like s3://bucket, gs://bucket or az://container ({exc})") from exc


async def unlocked(url: str) -> None:
    """Raise StorageError soon when the database at `url` cannot be written or another program holds it."""
    database = Database(url, busy=IMPATIENCE)
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
    held = FileLock(folder / "lock", timeout=0)
    try:
        held.acquire()
    except Timeout as exc:
        raise InUse(
            f"Another Likeness process already works in {folder.resolve()}: stop it first, "
            "or choose another folder with DATA_DIR."
        ) from exc
    except OSError as exc:
        raise BadSetting("DATA_DIR", f"choose a folder that can be written; {folder} cannot: {exc.strerror}") from exc
    return held


@asynccontextmanager
async def running(
    settings: Mapping[str, str], *, clock: Clock = lambda: datetime.now(UTC), patience: Patience | None = None
) -> AsyncIterator[Running]:
    """The bot at work: tables migrated, engine started; everything is closed in order at the end.

    Raises BadSetting, InUse or StorageError.
    """
    async with AsyncExitStack() as stack:
        listed = models_of(settings)
        patience = patience or Patience()
        policy = parse_policy(settings, paid=listed.paid)
        stores = stores_of(settings)
        stack.callback(lock(stores.folder).release)
        stack.push_async_callback(stores.database.close)
        await unlocked(stores.database.url)
        await migrate(stores.database)
        studio = Studio(FaceDetector())
        stack.callback(studio.close)
        suppliers = suppliers_of(listed, settings, studio, patience.rest)
        for provider in suppliers.bare.values():
            stack.push_async_callback(provider.aclose)
        fronts: dict[str, Front] = {}
        claim = Claim(open_=not policy.admins and not await claimed(stores.database))
        engine = Engine(stores.database, _job_settings(settings, listed))
        parts = Parts(
            database=stores.database, blobs=stores.blobs, studio=studio,
            drawing=Drawing(listed.models, suppliers.wrapped), jobs=engine, fronts=fronts, policy=policy, clock=clock,
            changes=Changes(), claim=claim, patience=patience,
        )  # fmt: skip
        app = App(parts)
        for name, provider in suppliers.bare.items():
            if isinstance(provider, Hooked):
                app.listen(name, provider.hooked)
        stack.push_async_callback(engine.stop)
        running_ = Running(
            app, Transcript(stores.database), stores.database, suppliers.bare, fronts,
            sweep=lambda: _swept(parts), claim=claim,
        )  # fmt: skip
        yield await _started(running_, engine, parts)


async def _swept(parts: Parts) -> None:
    """Delete what has had its time, and close votes whose deadline has passed."""
    await sweep(parts)
    await close_overdue(parts)


async def _started(bot: Running, engine: Engine, parts: Parts) -> Running:
    await sweep(parts)
    try:
        await engine.start(Painter(parts), Deliverer(parts), bot.sweep)
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


def _job_settings(settings: Mapping[str, str], listed: ModelList) -> JobSettings:
    accounts = {name: listed.account(name) for name in dict.fromkeys(model.provider for model in listed.models)}
    # A data folder has one process at a time, so its unfinished work is always that process'; a database that several
    # machines share needs a name for each, the same after every restart.
    shared = bool(settings.get("DATABASE_URL", "").startswith("postgresql"))
    executor = settings.get("EXECUTOR_ID") or (f"run-{socket.gethostname()}" if shared else "run")
    return JobSettings(executor=executor, accounts=accounts)
