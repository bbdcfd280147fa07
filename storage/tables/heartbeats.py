"""Heartbeats of the processes that share a database, by the database's own clock, so that no other has to be right.

A process that was not heard of for a while is buried by the others before they take over its work; one that wakes up
later finds itself buried.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, or_, select, text, update

from storage.tables.schema import heartbeats

STALE = 10_000
"""Milliseconds of silence after which a process counts as dead."""
_NOW: Mapping[str, str] = {
    "sqlite": "SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
    "postgresql": "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
}


@dataclass(frozen=True, slots=True)
class ProcessLease:
    """One life of a process: `id` is new at every start, `executor` is its name, `role` is run or worker.

    `version` is that of the work it does.
    """

    id: str
    executor: str
    role: str
    version: str


_COLUMNS = (heartbeats.c.id, heartbeats.c.executor, heartbeats.c.role, heartbeats.c.version)


def claim(connection: Connection, life: ProcessLease) -> ProcessLease | None:
    """Enter a life, or return the one that is in its way: of the same name, or the one `run` a database has.

    A silent one is in the way until it is stale: so long it may have been alive.
    """
    if connection.dialect.name == "postgresql":  # elsewhere one process has the database to itself
        connection.execute(text("LOCK TABLE heartbeats IN EXCLUSIVE MODE"))
    now = _now(connection)
    connection.execute(delete(heartbeats).where(heartbeats.c.seen_at < now - STALE))
    same = heartbeats.c.executor == life.executor
    rival = or_(same, heartbeats.c.role == "run") if life.role == "run" else same
    if row := connection.execute(select(*_COLUMNS).where(rival)).first():
        return ProcessLease(*row)
    connection.execute(
        insert(heartbeats).values(
            id=life.id, executor=life.executor, role=life.role, version=life.version, seen_at=now
        )
    )  # fmt: skip
    return None


def seen(connection: Connection, id_: str) -> int | None:
    """When a life was last heard of, in the database's milliseconds; None for one that is over."""
    return connection.scalar(select(heartbeats.c.seen_at).where(heartbeats.c.id == id_))


def beat(connection: Connection, id_: str) -> bool:
    """Let a life be heard of; False when it was buried, so that others may have its work by now."""
    changed = connection.execute(update(heartbeats).where(heartbeats.c.id == id_).values(seen_at=_now(connection)))
    return bool(changed.rowcount)


def leave(connection: Connection, id_: str) -> None:
    """End a life in order."""
    connection.execute(delete(heartbeats).where(heartbeats.c.id == id_))


def bury(connection: Connection) -> None:
    """Forget those that were not heard of for too long."""
    connection.execute(delete(heartbeats).where(heartbeats.c.seen_at < _now(connection) - STALE))


def living(connection: Connection) -> tuple[ProcessLease, ...]:
    """All lives that are not buried."""
    return tuple(ProcessLease(*row) for row in connection.execute(select(*_COLUMNS).order_by(heartbeats.c.id)))


def _now(connection: Connection) -> int:
    return int(connection.scalar(text(_NOW[connection.dialect.name])) or 0)
