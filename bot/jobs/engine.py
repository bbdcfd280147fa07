"""Durable work on DBOS: the core's port for jobs, filled."""

import asyncio
import logging
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any

import structlog
from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, ScheduleInput
from sqlalchemy import Connection
from sqlalchemy.pool import QueuePool

from bot.core.runtime.ports import Job, UnderWay
from bot.jobs import queues, reaper, workflows
from bot.jobs.heartbeat import INTERVAL, Heartbeat
from bot.jobs.queues import DELIVER
from bot.jobs.settings import APP, POLLING, THREADS, JobSettings, Work
from bot.jobs.workflows import ScheduledWorkflow
from providers.contract.model import Account
from storage.db.database import Database, Transaction
from storage.db.ids import new_id
from storage.queries import priorities
from storage.tables.heartbeats import ProcessLease

MOMENTS = 5
"""Looks, one polling apart, at whether a delivery has ended before a stop leaves it for the next start."""
LAST = 20
"""Looks, one polling apart, at whether connections are still in use when everything else has ended."""
VERSIONS = 30
"""Looks for the work of the dead between two looks for that of other versions."""
log = structlog.get_logger()


class Engine:
    """The core's port for jobs. Between `start` and `stop` it works off the queues of its role.

    `lost` is set when other processes have taken this one for dead: it must end.
    """

    def __init__(self, database: Database, settings: JobSettings) -> None:
        self._database = database
        self._settings = settings
        self._accounts = dict(settings.accounts)
        self._engine = database.engine_for_jobs()
        self._life = ProcessLease(new_id(), settings.executor, settings.role, settings.version)
        # A SQLite file has one process at a time, which a lock on its folder sees to.
        self._heart = None if database.is_sqlite else Heartbeat(self._engine, self._life)
        self.lost = self._heart.stopped if self._heart else asyncio.Event()
        self._client: DBOSClient | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._split = False

    @property
    def alone(self) -> bool:
        """Whether no other process works on the same database."""
        return self._heart is None

    async def start(self, work: Work) -> None:
        """Launch the engine inside the running loop; work that a crash cut off goes on. Raises NameInUse."""
        if self._heart:
            await self._heart.start()
        DBOS(config=self._config())
        workflows.drawing(work.painter)
        workflows.delivery(work.deliverer)
        chores = {name: workflows.scheduled(name, chore) for name, chore in work.chores.items()}
        runs = self._settings.role == "run"
        DBOS.listen_queues([*queues.names(self._accounts), *([DELIVER] if runs else [])])
        DBOS.launch()
        if runs:
            await self._open_queues()
            await queues.open_deliveries()
            await DBOS.apply_schedules_async([_schedule(work, name, chore) for name, chore in chores.items()])
        begun = await reaper.pending(self._settings.version)  # which gives the loop the engine's threads
        self._client = await asyncio.to_thread(self._open_client)
        await self._reap(begun, versions=runs)
        logging.getLogger("dbos").setLevel(logging.WARNING)
        if self._heart:
            self._own(self._tend(runs))

    async def stop(self, seconds: int = 5) -> None:
        """Let running steps finish for some seconds; what is left goes on at the next start, or elsewhere."""
        for task in self._tasks:
            task.cancel()
        if self._client:
            await asyncio.to_thread(self._client.destroy)
            # The engine's own wait takes a second at least.
            seconds = seconds if not self.lost.is_set() and await self._draws() else 0
            # On the loop this would freeze it, and with it the work it waits for.
            await asyncio.to_thread(DBOS.destroy, workflow_completion_timeout_sec=seconds, destroy_registry=True)
            self._client = None
        if self._heart:
            await self._heart.stop()
        await self._let_go()

    async def _let_go(self) -> None:
        """Close every connection, once the engine's last threads have given theirs back: one that is out stays open."""
        assert isinstance(self._engine.pool, QueuePool)
        for _ in range(LAST):
            if not self._engine.pool.checkedout():
                break
            await asyncio.sleep(POLLING)
        self._engine.dispose()

    async def enqueue(self, tx: Transaction, generation: str | None, images: Sequence[Job]) -> None:
        """Put a generation's work into the queues in the transaction that accepts it."""

        def put(connection: Connection) -> None:
            assert self._client is not None, "the engine is not started"
            for job in images:
                queue = queues.queue_for(job, self._accounts)
                options = self._options("Drawing", workflows.DRAW, _again(job.image, job.turn), queue)
                options["queue_partition_key"] = job.user
                self._client.enqueue_in_transaction(connection, options, job.image)
            if generation is not None:
                turn = images[0].turn if images else new_id()
                id_ = _again(f"{DELIVER}-{generation}", turn)
                options = self._options("Delivery", workflows.FOLLOW, id_, DELIVER)
                self._client.enqueue_in_transaction(connection, options, generation)

        await tx.run_sync(put)
        if not self._split and any(job.priority for job in images):
            self._own(self._open_queues())  # once this transaction lets it

    async def cancel(self, images: Sequence[str]) -> None:
        """Take images out of their queues."""
        if images:
            await DBOS.cancel_workflows_async(list(images))

    async def slow_down(self, provider: str, per_minute: int) -> None:
        """Lower a provider's rate to what it has just said."""
        if slowed := queues.slowed(self._accounts[provider], per_minute):
            log.warning("provider slowed down", provider=provider, per_minute=per_minute)
            self._accounts[provider] = slowed
            await self._open_queues({provider: slowed})

    async def under_way(self) -> UnderWay:
        """The images and generations whose work waits or runs somewhere."""
        found = await DBOS.list_workflows_async(
            status=["ENQUEUED", "DELAYED", "PENDING"], name=[workflows.DRAW, workflows.FOLLOW],
            load_input=False, load_output=False,
        )  # fmt: skip
        drawn = (one.workflow_id for one in found if one.name == workflows.DRAW)
        followed = (one.workflow_id.removeprefix(f"{DELIVER}-") for one in found if one.name == workflows.FOLLOW)
        return UnderWay(frozenset(map(_id, drawn)), frozenset(map(_id, followed)))

    async def sure(self) -> None:
        """Return once nobody can have taken this process for dead; never, if somebody did."""
        if self._heart:
            await self._heart.sure()

    async def forget(self, before: int) -> None:
        """Delete the engine's records of work that ended before a moment (Unix milliseconds)."""
        await reaper.forget(before)

    async def _tend(self, runs: bool) -> None:
        """Look after the dead as long as this process lives."""
        round_ = 0
        while True:
            await asyncio.sleep(INTERVAL)
            round_ += 1
            try:
                begun = await reaper.pending(self._settings.version)
                await self._reap(begun, versions=runs and round_ % VERSIONS == 0)
            except Exception:  # the database may come back
                log.warning("the dead not looked after", exc_info=True)

    async def _reap(self, begun: Mapping[str, int], *, versions: bool) -> None:
        living = await self._heart.living() if self._heart else ()
        if self._heart and self._life not in living:
            return  # buried: others do this
        await reaper.take_over(begun, {self._life.id, *(life.id for life in living)})
        if versions and self._client:
            await reaper.begin_anew(self._client, self._settings.version, living)

    async def _open_queues(self, accounts: Mapping[str, Account] | None = None) -> None:
        """Share each of these providers' accounts (all) between its queues, once anybody goes first."""
        async with self._database.read() as tx:
            self._split = self._split or bool(await priorities.chosen(tx))
        await queues.open_queues(self._accounts if accounts is None else accounts, split=self._split)

    async def _draws(self) -> bool:
        """Whether images are being drawn; deliveries get a moment to end, those whose images wait do not end in it."""
        for _ in range(MOMENTS):
            running = await DBOS.list_workflows_async(
                status="PENDING", executor_id=self._life.id, load_input=False, load_output=False
            )
            if not running:
                return False
            if any(workflow.name == workflows.DRAW for workflow in running):
                return True
            await asyncio.sleep(POLLING)
        return False

    def _own(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _options(self, class_: str, workflow: str, id_: str, queue: str) -> EnqueueOptions:
        return {
            "workflow_name": workflow,
            "workflow_id": id_,
            "queue_name": queue,
            "app_version": self._settings.version,
            "class_name": class_,
            "instance_name": workflows.INSTANCE,
        }

    def _config(self) -> DBOSConfig:
        return {
            "name": APP,
            "system_database_url": self._url(),
            "system_database_engine": self._engine,
            "application_version": self._settings.version,
            "executor_id": self._life.id,
            "max_executor_threads": THREADS,
            "enable_otlp": False,
            "log_level": "CRITICAL",  # until it has started: what fails before is raised, and said in one sentence
            # Its listener, for which nothing of ours waits, ends only between two looks: this long a stop takes.
            "notification_listener_polling_interval_sec": POLLING,
        }

    def _open_client(self) -> DBOSClient:
        return DBOSClient(system_database_url=self._url(), system_database_engine=self._engine, application_name=APP)

    def _url(self) -> str:
        return self._database.address.for_threads().render_as_string(hide_password=False)


def _schedule(work: Work, name: str, chore: ScheduledWorkflow) -> ScheduleInput:
    return {
        "schedule_name": name, "workflow_fn": chore, "schedule": work.chores[name].cron, "queue_name": DELIVER,
    }  # fmt: skip


def _again(id_: str, turn: str) -> str:
    """A workflow's id is its row's, so that it is enqueued once; each later turn has one of its own."""
    return f"{id_}-{turn}" if turn else id_


def _id(workflow: str) -> str:
    """The row's id of such a workflow's."""
    return workflow.partition("-")[0]
