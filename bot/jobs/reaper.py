"""Taking over the jobs of expired processes.

DBOS leaves the work of another executor alone, and that of another version. Every start of a process is a new executor
here, so work of an executor without a live lease may be taken over.
"""

import asyncio
from collections.abc import Collection, Mapping

import structlog
from dbos import DBOS, DBOSClient, EnqueueOptions, WorkflowStatus

from bot.jobs.queues import DELIVER
from bot.jobs.workflows import DRAW, FOLLOW, INSTANCE
from storage.db.ids import when
from storage.tables.heartbeats import ProcessLease

log = structlog.get_logger()
CLASSES = {DRAW: "Drawing", FOLLOW: "Delivery"}
ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
AT_ONCE = 500
"""Records deleted in one transaction."""


async def pending(version: str) -> dict[str, int]:
    """Return the number of unfinished workflows of this version by executor."""
    counts: dict[str, int] = {}
    begun = await DBOS.list_workflows_async(
        status="PENDING", app_version=version, load_input=False, load_output=False
    )  # fmt: skip
    for workflow in begun:
        if workflow.executor_id:
            counts[workflow.executor_id] = counts.get(workflow.executor_id, 0) + 1
    return counts


async def take_over(begun: Mapping[str, int], living: Collection[str]) -> None:
    """Put the unfinished work of executors that are not alive back into its queues.

    Read `begun` before the list of live processes, or one that started in between looks dead.
    """
    dead = sorted(set(begun) - set(living))
    if dead:
        log.warning("taking over work", executors=len(dead), begun=sum(begun[name] for name in dead))
        # Private: the public recovery is for the own executor. see tests/test_private_names.py
        await asyncio.to_thread(DBOS._recover_pending_workflows, dead)


async def restart_outdated(client: DBOSClient, own: str, living: Collection[ProcessLease]) -> None:
    """Restart the work of versions that no live process runs as work of this version.

    Its steps cannot be replayed, but each may run again from the start without harm. The new workflow is enqueued
    before the old one is cancelled; after a crash in between both exist, and no process runs the old one.
    """
    alive = {own, *(life.version for life in living)}
    open_ = await DBOS.list_workflows_async(
        status=["ENQUEUED", "PENDING"], name=[*CLASSES], load_input=False, load_output=False
    )
    for id_ in [workflow.workflow_id for workflow in open_ if workflow.app_version not in alive]:
        for workflow in await DBOS.list_workflows_async(workflow_ids=[id_], load_output=False):
            await client.enqueue_async(_restarted(workflow, own), workflow.input["args"][-1] if workflow.input else "")
            log.info("restarted under this version", workflow=workflow.name, version=workflow.app_version)
        await DBOS.cancel_workflows_async([id_])


def _restarted(workflow: WorkflowStatus, version: str) -> EnqueueOptions:
    options: EnqueueOptions = {
        "workflow_name": workflow.name,
        "workflow_id": f"{workflow.workflow_id}-v{version}",
        "queue_name": workflow.queue_name or DELIVER,
        "app_version": version,
        "class_name": CLASSES[workflow.name],
        "instance_name": INSTANCE,
    }
    if workflow.queue_partition_key:
        options["queue_partition_key"] = workflow.queue_partition_key
    return options


async def forget(before: int) -> None:
    """Delete the records of work that ended before a moment in Unix milliseconds."""
    until = when(before).isoformat()
    while found := await DBOS.list_workflows_async(
        status=ENDED, completed_before=until, limit=AT_ONCE, load_input=False, load_output=False
    ):
        await DBOS.delete_workflows_async([workflow.workflow_id for workflow in found])
