"""Leases of the processes that share a database, timed by the database's clock: no process' clock needs to be right.

A process without a heartbeat for STALE milliseconds is expired by the others before they take over its jobs; one that
wakes up later finds its lease gone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, or_, select, text, update

from storage.tables.schema import heartbeats

STALE = 10_000
"""Milliseconds without a heartbeat after which a lease expires."""
_NOW: Mapping[str, str] = {
    "sqlite": "SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
    "postgresql": "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
}


@dataclass(frozen=True, slots=True)
class ProcessLease:
    """Lease of one start of a process: `id` is new at every start, `executor` is its name, `role` is run or worker.

    `version` is that of its workflows.
    """

    id: str
    executor: str
    role: str
    version: str


_COLUMNS = (heartbeats.c.id, heartbeats.c.executor, heartbeats.c.role, heartbeats.c.version)


def claim(connection: Connection, lease: ProcessLease) -> ProcessLease | None:
    """Store a lease, or return its rival: a lease of the same name, or the one `run` of the database.

    A rival without heartbeats blocks the claim until it is stale: so long its process may be alive.
    """
    if connection.dialect.name == "postgresql":  # elsewhere one process has the database to itself
        connection.execute(text("LOCK TABLE heartbeats IN EXCLUSIVE MODE"))
    now = _now(connection)
    connection.execute(delete(heartbeats).where(heartbeats.c.seen_at < now - STALE))
    same = heartbeats.c.executor == lease.executor
    rival = or_(same, heartbeats.c.role == "run") if lease.role == "run" else same
    if row := connection.execute(select(*_COLUMNS).where(rival)).first():
        return ProcessLease(*row)
    connection.execute(
        insert(heartbeats).values(
            id=lease.id, executor=lease.executor, role=lease.role, version=lease.version, seen_at=now
        )
    )  # fmt: skip
    return None


def seen(connection: Connection, id_: str) -> int | None:
    """Time of a lease's last heartbeat in the database's milliseconds; None for one that is gone."""
    return connection.scalar(select(heartbeats.c.seen_at).where(heartbeats.c.id == id_))


def renew(connection: Connection, id_: str) -> bool:
    """Renew a lease; False when it was expired, so that other processes may have its jobs by now."""
    changed = connection.execute(update(heartbeats).where(heartbeats.c.id == id_).values(seen_at=_now(connection)))
    return bool(changed.rowcount)


def release(connection: Connection, id_: str) -> None:
    """Delete the lease of a process that ends in order."""
    connection.execute(delete(heartbeats).where(heartbeats.c.id == id_))


def expire(connection: Connection) -> None:
    """Delete the stale leases."""
    connection.execute(delete(heartbeats).where(heartbeats.c.seen_at < _now(connection) - STALE))


def living(connection: Connection) -> tuple[ProcessLease, ...]:
    """Return all leases."""
    return tuple(ProcessLease(*row) for row in connection.execute(select(*_COLUMNS).order_by(heartbeats.c.id)))


def _now(connection: Connection) -> int:
    return int(connection.scalar(text(_NOW[connection.dialect.name])) or 0)
