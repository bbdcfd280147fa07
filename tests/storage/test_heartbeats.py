"""Heartbeats: who lives on a database, by that database's clock."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, update

from storage.db.database import Database
from storage.tables import heartbeats
from storage.tables.heartbeats import STALE, ProcessLease
from storage.tables.schema import heartbeats as table

RUN = ProcessLease("1" * 32, "run-a", "run", "1")
WORKER = ProcessLease("2" * 32, "worker-b", "worker", "1")


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    engine = database.engine_for_jobs()
    with engine.begin() as open_:
        yield open_
    engine.dispose()


def silent(connection: Connection, life: ProcessLease) -> None:
    """Let a life be last heard of just too long ago."""
    earlier = update(table).where(table.c.id == life.id).values(seen_at=table.c.seen_at - STALE - 1000)
    connection.execute(earlier)


def test_a_run_and_workers_of_other_names_live_side_by_side(connection: Connection) -> None:
    assert heartbeats.claim(connection, RUN) is None
    assert heartbeats.claim(connection, WORKER) is None
    assert heartbeats.living(connection) == (RUN, WORKER)


@pytest.mark.parametrize(
    "late", [ProcessLease("3" * 32, "run-c", "run", "1"), ProcessLease("3" * 32, "run-a", "worker", "1")]
)
def test_a_second_run_and_a_second_of_a_name_find_who_is_in_their_way(
    connection: Connection, late: ProcessLease
) -> None:
    heartbeats.claim(connection, RUN)
    assert heartbeats.claim(connection, late) == RUN
    assert heartbeats.living(connection) == (RUN,)


def test_who_was_silent_too_long_is_in_nobodys_way(connection: Connection) -> None:
    heartbeats.claim(connection, RUN)
    silent(connection, RUN)
    again = ProcessLease("3" * 32, "run-a", "run", "2")
    assert heartbeats.claim(connection, again) is None
    assert heartbeats.living(connection) == (again,)


def test_the_dead_are_buried_and_find_out_when_they_wake(connection: Connection) -> None:
    for life in (RUN, WORKER):
        heartbeats.claim(connection, life)
    silent(connection, WORKER)
    heartbeats.expire(connection)
    assert heartbeats.living(connection) == (RUN,)
    assert heartbeats.renew(connection, RUN.id)
    assert not heartbeats.renew(connection, WORKER.id)


def test_who_was_silent_and_beats_before_anybody_noticed_lives_on(connection: Connection) -> None:
    heartbeats.claim(connection, WORKER)
    silent(connection, WORKER)
    before = heartbeats.seen(connection, WORKER.id)
    assert heartbeats.renew(connection, WORKER.id)
    after = heartbeats.seen(connection, WORKER.id)
    assert before is not None
    assert after is not None
    assert after > before
    heartbeats.expire(connection)
    assert heartbeats.living(connection) == (WORKER,)


def test_who_leaves_in_order_leaves_the_name_free(connection: Connection) -> None:
    heartbeats.claim(connection, RUN)
    heartbeats.release(connection, RUN.id)
    assert heartbeats.seen(connection, RUN.id) is None
    assert heartbeats.claim(connection, ProcessLease("3" * 32, "run-a", "run", "1")) is None
