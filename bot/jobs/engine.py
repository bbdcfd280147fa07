"""Job engine on DBOS: implements the core's port `Jobs`."""

import asyncio
import logging
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, ScheduleInput
from sqlalchemy import Connection
from sqlalchemy.pool import QueuePool

from bot.core.runtime.ports import Job, UnderWay
from bot.jobs import queues, reaper, workflows
from bot.jobs.heartbeat import INTERVAL, Heartbeat
from bot.jobs.queue_wakeups import MANAGER, QueueWakeups
from bot.jobs.queues import DELIVER
from bot.jobs.settings import ALONE_POLLING, APP, POLLING, THREADS, JobSettings, Work
from bot.jobs.workflows import ScheduledWorkflow
from providers.contract.model import Account
from storage.db.database import Database, Transaction
from storage.db.ids import new_id
from storage.queries import priorities
from storage.tables.heartbeats import ProcessLease

DELIVERY_POLLS = 5
"""Polls for the end of deliveries before a stop leaves them for the next start."""
CONNECTION_POLLS = 20
"""Polls for the last connections to come back when everything else has ended."""
VERSION_ROUNDS = 30
"""Rounds of reaping per search for work of other versions."""
log = structlog.get_logger()


class Engine:
    """Implements the core's port `Jobs`. Between `start` and `stop` it runs the queues of its role.

    `lost` is set when other processes have expired this one: it must end.
    """

    def __init__(self, database: Database, settings: JobSettings) -> None:
        self._database = database
        self._settings = settings
        self._accounts = dict(settings.accounts)
        self._engine = database.engine_for_jobs()
        self._lease = ProcessLease(new_id(), settings.executor, settings.role, settings.version)
        # A SQLite file has one process at a time: a lock on its folder ensures it.
        self._heartbeat = None if database.is_sqlite else Heartbeat(self._engine, self._lease)
        self.lost = self._heartbeat.stopped if self._heartbeat else asyncio.Event()
        self._client: DBOSClient | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._split = False
        self._wakeups = QueueWakeups()
        self._queue_of: dict[str, str] = {}  # of the images that wait or run, while no other process ends them
        self._polling = ALONE_POLLING if self.alone else POLLING

    @property
    def alone(self) -> bool:
        """Whether no other process works on the same database."""
        return self._heartbeat is None

    async def start(self, work: Work) -> None:
        """Launch the engine in the running loop and resume interrupted work; raises NameInUse."""
        if self._heartbeat:
            await self._heartbeat.start()
        DBOS(config=self._config())
        image_queues = queues.names(self._accounts)
        workflows.drawing(work.painter, self._ended)
        workflows.delivery(work.deliverer)
        scheduled = {name: workflows.scheduled(name, task) for name, task in work.scheduled.items()}
        runs = self._settings.role == "run"
        DBOS.listen_queues([*image_queues, *([DELIVER] if runs else [])])
        self._wakeups.install()
        DBOS.launch()
        if runs:
            await self._open_queues()
            await queues.open_deliveries(self._polling)
            await DBOS.apply_schedules_async([_schedule(work, name, task) for name, task in scheduled.items()])
        begun = await reaper.pending(self._settings.version)  # the first call makes DBOS' pool the loop's executor
        self._client = await asyncio.to_thread(self._open_client)
        await self._reap(begun, versions=runs)
        self._wakeups.wake(MANAGER, DELIVER, *image_queues)
        logging.getLogger("dbos").setLevel(logging.WARNING)
        if self._heartbeat:
            self._own(self._keep_reaping(runs))

    async def stop(self, seconds: int = 5) -> None:
        """Let running steps finish for some seconds; the rest resumes at the next start or elsewhere."""
        for task in self._tasks:
            task.cancel()
        if self._client:
            await asyncio.to_thread(self._client.destroy)
            # The engine's own wait takes a second at least.
            seconds = seconds if not self.lost.is_set() and await self._draws() else 0
            # On the loop this would freeze it, and with it the work it waits for.
            await asyncio.to_thread(DBOS.destroy, workflow_completion_timeout_sec=seconds, destroy_registry=True)
            # The engine shut down the loop's threads, which it had replaced by its own.
            asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(thread_name_prefix="asyncio"))
            self._client = None
        if self._heartbeat:
            await self._heartbeat.stop()
        await self._close_connections()

    async def _close_connections(self) -> None:
        """Dispose of the pool once DBOS' last threads have returned their connections, which would stay open."""
        assert isinstance(self._engine.pool, QueuePool)
        for _ in range(CONNECTION_POLLS):
            if not self._engine.pool.checkedout():
                break
            await asyncio.sleep(POLLING)
        self._engine.dispose()

    async def enqueue(self, tx: Transaction, generation: str | None, images: Sequence[Job]) -> None:
        """Enqueue a generation's work in the transaction that accepts it."""
        queue_of = {job.image: queues.queue_for(job, self._accounts) for job in images}
        woken = {*queue_of.values(), *([DELIVER] if generation else [])}

        def put(connection: Connection) -> None:
            assert self._client is not None, "the engine is not started"
            for job in images:
                options = self._options("Drawing", workflows.DRAW, _again(job.image, job.turn), queue_of[job.image])
                options["queue_partition_key"] = job.user
                self._client.enqueue_in_transaction(connection, options, job.image)
            if generation is not None:
                turn = images[0].turn if images else new_id()
                id_ = _again(f"{DELIVER}-{generation}", turn)
                options = self._options("Delivery", workflows.FOLLOW, id_, DELIVER)
                self._client.enqueue_in_transaction(connection, options, generation)

        await tx.run_sync(put)
        if self.alone:
            self._database.after_commit(lambda: self._queue_of.update(queue_of))
        self._database.after_commit(lambda: self._wakeups.wake(*woken))
        if not self._split and any(job.priority for job in images):
            self._own(self._open_queues())  # its own transaction waits for this one

    async def cancel(self, images: Sequence[str]) -> None:
        """Remove images from their queues."""
        if images:
            await DBOS.cancel_workflows_async(list(images))
            for image in images:
                self._ended(image)

    async def slow_down(self, provider: str, per_minute: int) -> None:
        """Lower a provider's rate to the one it has just reported."""
        if slowed := queues.slowed(self._accounts[provider], per_minute):
            log.warning("provider slowed down", provider=provider, per_minute=per_minute)
            self._accounts[provider] = slowed
            await self._open_queues({provider: slowed})

    async def under_way(self) -> UnderWay:
        """Return the images and generations whose work waits or runs in any process."""
        found = await DBOS.list_workflows_async(
            status=["ENQUEUED", "DELAYED", "PENDING"], name=[workflows.DRAW, workflows.FOLLOW],
            load_input=False, load_output=False,
        )  # fmt: skip
        drawn = (one.workflow_id for one in found if one.name == workflows.DRAW)
        followed = (one.workflow_id.removeprefix(f"{DELIVER}-") for one in found if one.name == workflows.FOLLOW)
        return UnderWay(frozenset(map(_id, drawn)), frozenset(map(_id, followed)))

    async def confirm_lease(self) -> None:
        """Block until the lease is fresh. Never returns if another process has already taken over our jobs."""
        if self._heartbeat:
            await self._heartbeat.confirm_lease()

    async def forget(self, before: int) -> None:
        """Delete the engine's records of work that ended before a moment (Unix milliseconds)."""
        await reaper.forget(before)

    async def _keep_reaping(self, runs: bool) -> None:
        """Take over the jobs of expired processes again and again."""
        round_ = 0
        while True:
            await asyncio.sleep(INTERVAL)
            round_ += 1
            try:
                begun = await reaper.pending(self._settings.version)
                await self._reap(begun, versions=runs and round_ % VERSION_ROUNDS == 0)
            except Exception:  # the database may come back
                log.warning("reaping failed", exc_info=True)

    async def _reap(self, begun: Mapping[str, int], *, versions: bool) -> None:
        living = await self._heartbeat.living() if self._heartbeat else ()
        if self._heartbeat and self._lease not in living:
            return  # expired: other processes do this
        await reaper.take_over(begun, {self._lease.id, *(lease.id for lease in living)})
        if versions and self._client:
            await reaper.restart_outdated(self._client, self._settings.version, living)

    async def _open_queues(self, accounts: Mapping[str, Account] | None = None) -> None:
        """Register the queues of some accounts (all), divided once a person has priority."""
        async with self._database.read() as tx:
            self._split = self._split or bool(await priorities.chosen(tx))
        opened = self._accounts if accounts is None else accounts
        await queues.open_queues(opened, split=self._split, polling=self._polling)
        self._wakeups.wake(*queues.names(opened))  # a thread reads its queue's limits after a poll

    async def _draws(self) -> bool:
        """Whether images are being drawn; deliveries get half a second to end, unless their images wait."""
        for _ in range(DELIVERY_POLLS):
            running = await DBOS.list_workflows_async(
                status="PENDING", executor_id=self._lease.id, load_input=False, load_output=False
            )
            if not running:
                return False
            if any(workflow.name == workflows.DRAW for workflow in running):
                return True
            await asyncio.sleep(POLLING)
        return False

    def _ended(self, image: str) -> None:
        """Wake the queue on which an image had a place; all, if an earlier life enqueued it.

        With other processes on the database the next poll comes soon enough.
        """
        if self.alone:
            queue = self._queue_of.pop(image, None)
            self._wakeups.wake(*([queue] if queue else queues.names(self._accounts)))

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
            "executor_id": self._lease.id,
            "max_executor_threads": THREADS,
            "enable_otlp": False,
            "log_level": "CRITICAL",  # until it has started: what fails before is raised, and said in one sentence
            # A stop waits for the listener, which ends only between two polls; nothing of ours waits for its news.
            "notification_listener_polling_interval_sec": POLLING,
        }

    def _open_client(self) -> DBOSClient:
        return DBOSClient(system_database_url=self._url(), system_database_engine=self._engine, application_name=APP)

    def _url(self) -> str:
        return self._database.address.for_threads().render_as_string(hide_password=False)


def _schedule(work: Work, name: str, workflow: ScheduledWorkflow) -> ScheduleInput:
    return {
        "schedule_name": name, "workflow_fn": workflow, "schedule": work.scheduled[name].cron, "queue_name": DELIVER,
    }  # fmt: skip


def _again(id_: str, turn: str) -> str:
    """Id of a workflow: its row's id, so that it is enqueued once, and the turn for every later one."""
    return f"{id_}-{turn}" if turn else id_


def _id(workflow: str) -> str:
    """Id of the row behind a workflow's id."""
    return workflow.partition("-")[0]
