"""Durable work on DBOS: one workflow per image on its provider's queue, one per generation that delivers.

Arguments and results are ids only, so nothing private outlives a deletion in the engine's tables.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

import structlog
from dbos import DBOS, DBOSClient, DBOSConfig, DBOSConfiguredInstance, EnqueueOptions
from dbos._queue import QueueRateLimit
from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from bot.core.deliver import Deliverer
from bot.core.draw import Painter
from bot.core.ports import Job
from providers.model import Account
from storage.db import Database, Transaction

APP = "likeness"
VERSION = "1"
"""Of the workflows, not of the program: it changes when their steps do, since the engine leaves work of another
version alone."""
DELIVER = "deliver"
INSTANCE = "likeness"
log = structlog.get_logger()
ScheduledWorkflow: TypeAlias = Callable[[datetime, Any], Coroutine[Any, Any, None]]
POLLING = 0.1
"""Seconds between looks at the queues; the engine's default of 1 s makes the first picture wait 845 ms."""
MOMENTS = 5
"""Looks, one polling apart, at whether a delivery has ended before a stop leaves it for the next start."""
PER_USER = 2
"""Images of one person drawn at once by one provider."""
SWEEP = "*/10 * * * *"
"""Every ten minutes what has had its time is deleted."""
PATIENTLY: Mapping[str, Any] = {
    "retries_allowed": True, "interval_seconds": 1.0, "backoff_rate": 2.0, "max_attempts": 16,
}  # fmt: skip
"""For steps that harm nothing when they are repeated: a chat platform or a full disk may recover within hours."""
MINUTE = 61.0
"""Seconds: with SQLite the engine's clock may run one second short."""
THREADS = 16
"""The engine's own thread pool, which is unbounded by default and becomes the loop's default executor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSettings:
    """`executor` is stable over restarts of one process."""

    executor: str
    accounts: Mapping[str, Account]
    """What each provider in use allows."""


class Engine:
    """The core's port for jobs. Between `start` and `stop` it works off the queues."""

    def __init__(self, database: Database, settings: JobSettings) -> None:
        self._database = database
        self._settings = settings
        self._engine = database.engine_for_jobs()
        self._client: DBOSClient | None = None

    async def start(self, painter: Painter, deliverer: Deliverer, sweep: Callable[[], Awaitable[object]]) -> None:
        """Launch the engine inside the running loop; work that a crash cut off goes on."""
        logging.getLogger("dbos").setLevel(logging.WARNING)
        DBOS(config=self._config())
        _drawing(painter)
        _delivery(deliverer)
        swept = _sweeping(sweep)
        DBOS.listen_queues([*map(queue_of, self._settings.accounts), DELIVER])
        DBOS.launch()
        for provider, account in self._settings.accounts.items():
            await self._open_queue(provider, account)
        await DBOS.register_queue_async(DELIVER, polling_interval_sec=POLLING, on_conflict="always_update")
        await DBOS.apply_schedules_async(
            [{"schedule_name": "sweep", "workflow_fn": swept, "schedule": SWEEP, "queue_name": DELIVER}]
        )
        self._client = await asyncio.to_thread(self._open_client)

    async def stop(self, seconds: int = 5) -> None:
        """Let running steps finish for some seconds; what is left goes on at the next start."""
        if self._client:
            await asyncio.to_thread(self._client.destroy)
            seconds = seconds if await self._draws() else 0  # the engine's own wait takes a second at least
            # On the loop this would freeze it, and with it the work it waits for.
            await asyncio.to_thread(DBOS.destroy, workflow_completion_timeout_sec=seconds, destroy_registry=True)
            self._client = None
        self._engine.dispose()

    async def enqueue(self, tx: Transaction, generation: str | None, images: Sequence[Job]) -> None:
        """Put a generation's work into the queues in the transaction that accepts it."""

        def put(connection: Connection) -> None:
            assert self._client is not None, "the engine is not started"
            for job in images:
                options = _options("Drawing", "draw_image", _again(job.image, job.turn), queue_of(job.provider))
                options["queue_partition_key"] = job.user
                self._client.enqueue_in_transaction(connection, options, job.image)
            if generation is not None:
                turn = images[0].turn if images else ""
                options = _options("Delivery", "deliver_generation", _again(f"deliver-{generation}", turn), DELIVER)
                self._client.enqueue_in_transaction(connection, options, generation)

        await tx.run_sync(put)

    async def cancel(self, images: Sequence[str]) -> None:
        """Take images out of their queues."""
        if images:
            await DBOS.cancel_workflows_async(list(images))

    async def slow_down(self, provider: str, per_minute: int) -> None:
        """Lower a provider's rate to what it has just said."""
        account = self._settings.accounts[provider]
        if account.per_minute is None or per_minute < account.per_minute:
            log.warning("provider slowed down", provider=provider, per_minute=per_minute)
            await self._open_queue(provider, replace(account, per_minute=per_minute))

    async def _open_queue(self, provider: str, account: Account) -> None:
        """The queue of a provider, with the pace its account allows over all processes."""
        limiter: QueueRateLimit | None = None
        if account.per_minute:
            limiter = {"limit": account.per_minute, "period": MINUTE}
        await DBOS.register_queue_async(
            queue_of(provider),
            global_concurrency=account.concurrency,
            partition_concurrency=PER_USER,
            limiter=limiter,
            polling_interval_sec=POLLING,
            on_conflict="always_update",
        )

    async def _draws(self) -> bool:
        """Whether images are being drawn; deliveries get a moment to end, those whose images wait do not end in it."""
        for _ in range(MOMENTS):
            running = await DBOS.list_workflows_async(
                status="PENDING", executor_id=self._settings.executor, load_input=False, load_output=False
            )
            if not running:
                return False
            if any(workflow.name == "draw_image" for workflow in running):
                return True
            await asyncio.sleep(POLLING)
        return False

    def _config(self) -> DBOSConfig:
        return {
            "name": APP,
            "system_database_url": self._url(),
            "system_database_engine": self._engine,
            "application_version": VERSION,
            "executor_id": self._settings.executor,
            "max_executor_threads": THREADS,
            "enable_otlp": False,
            "log_level": "WARNING",
            # Its listener, for which nothing of ours waits, ends only between two looks: this long a stop takes.
            "notification_listener_polling_interval_sec": POLLING,
        }

    def _open_client(self) -> DBOSClient:
        return DBOSClient(system_database_url=self._url(), system_database_engine=self._engine, application_name=APP)

    def _url(self) -> str:
        driver = "sqlite" if self._database.is_sqlite else "postgresql+psycopg"
        return make_url(self._database.url).set(drivername=driver).render_as_string(hide_password=False)


def queue_of(provider: str) -> str:
    """The queue on which a provider's images wait."""
    return f"image-{provider}"


def _again(id_: str, turn: str) -> str:
    """A workflow's id is its row's, so that it is enqueued once; each later turn has one of its own."""
    return f"{id_}-{turn}" if turn else id_


def _options(class_: str, workflow: str, id_: str, queue: str) -> EnqueueOptions:
    return {
        "workflow_name": workflow,
        "workflow_id": id_,
        "queue_name": queue,
        "app_version": VERSION,
        "class_name": class_,
        "instance_name": INSTANCE,
    }


def _drawing(painter: Painter) -> None:
    """Register the workflow of one image; names are pinned, since recovery finds them by name."""

    @DBOS.dbos_class("Drawing")
    class Drawing(DBOSConfiguredInstance):
        @DBOS.workflow(name="draw_image")
        async def draw_image(self, image: str) -> None:
            try:
                while attempt := await self.begin(image):
                    pause = await self.draw(image, attempt)
                    if pause is None:
                        break
                    await DBOS.sleep_async(pause)
            except Exception:
                log.exception("drawing failed", image=image)
                await self.give_up(image)

        @DBOS.step(name="begin")
        async def begin(self, image: str) -> str:
            return await painter.begin(image)

        @DBOS.step(name="draw")
        async def draw(self, image: str, attempt: str) -> float | None:
            return await painter.draw(image, attempt)

        @DBOS.step(name="give_up", **PATIENTLY)
        async def give_up(self, image: str) -> None:
            await painter.give_up(image)

    Drawing(INSTANCE)


def _delivery(deliverer: Deliverer) -> None:
    """Register the workflow of one generation."""

    @DBOS.dbos_class("Delivery")
    class Delivery(DBOSConfiguredInstance):
        @DBOS.workflow(name="deliver_generation")
        async def deliver_generation(self, generation: str) -> None:
            await self.follow(generation)

        @DBOS.step(name="follow", **PATIENTLY)
        async def follow(self, generation: str) -> None:
            await deliverer.follow(generation)

    Delivery(INSTANCE)


def _sweeping(sweep: Callable[[], Awaitable[object]]) -> ScheduledWorkflow:
    """Register the scheduled workflow and return it."""

    @DBOS.step(name="delete_expired")
    async def delete_expired() -> None:
        await sweep()

    @DBOS.workflow(name="sweep")
    async def swept(_at: datetime, _context: Any) -> None:
        await delete_expired()

    return swept
