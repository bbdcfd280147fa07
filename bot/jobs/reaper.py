"""Taking over the work of the dead.

The engine itself leaves the work of another executor alone, and that of another version. Each life of a process is an
executor of its own here, so what belongs to nobody who lives is free to take.
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
    """How many workflows of this version each executor has begun and not ended."""
    counts: dict[str, int] = {}
    begun = await DBOS.list_workflows_async(
        status="PENDING", app_version=version, load_input=False, load_output=False
    )  # fmt: skip
    for workflow in begun:
        if workflow.executor_id:
            counts[workflow.executor_id] = counts.get(workflow.executor_id, 0) + 1
    return counts


async def take_over(begun: Mapping[str, int], living: Collection[str]) -> None:
    """Put the begun work of executors that do not live back into its queues, for whoever listens there.

    `begun` is to be read before it is looked who lives, so that nobody who has just come is taken for dead.
    """
    dead = sorted(set(begun) - set(living))
    if dead:
        log.warning("taking over work", executors=len(dead), begun=sum(begun[name] for name in dead))
        # Private, and unconditional: it asks nobody whether they live. The pinned version has it, and tests.
        await asyncio.to_thread(DBOS._recover_pending_workflows, dead)


async def begin_anew(client: DBOSClient, own: str, living: Collection[ProcessLease]) -> None:
    """Let work of versions that nobody runs any more begin anew as this version's.

    Its steps cannot be replayed, but each may run again from the start without harm. The new work is there before the
    old one is cancelled: a crash in between leaves both, of which nobody does the old one.
    """
    alive = {own, *(life.version for life in living)}
    open_ = await DBOS.list_workflows_async(
        status=["ENQUEUED", "PENDING"], name=[*CLASSES], load_input=False, load_output=False
    )
    for id_ in [workflow.workflow_id for workflow in open_ if workflow.app_version not in alive]:
        for workflow in await DBOS.list_workflows_async(workflow_ids=[id_], load_output=False):
            await client.enqueue_async(_anew(workflow, own), workflow.input["args"][-1] if workflow.input else "")
            log.info("begun anew", workflow=workflow.name, version=workflow.app_version)
        await DBOS.cancel_workflows_async([id_])


def _anew(workflow: WorkflowStatus, version: str) -> EnqueueOptions:
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
