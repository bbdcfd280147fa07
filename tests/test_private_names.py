"""Private names of libraries that we override or call: after an upgrade each missing one is named with its user."""

import inspect
import threading
from collections.abc import Callable
from typing import Any

import aiosqlite
import httpx2
import pytest
from dbos import DBOS, _dbos, _queue
from sqlalchemy.dialects.sqlite import aiosqlite as dialect

SQLITE = "storage/db/sqlite.py"
WAKEUPS = "bot/jobs/queue_wakeups.py"


async def connected() -> aiosqlite.Connection:
    return await aiosqlite.connect(":memory:")


@pytest.mark.parametrize(
    ("owner", "name", "user"),
    [
        (dialect.AsyncAdapt_aiosqlite_cursor, "_execute_async", SQLITE),
        (dialect.AsyncAdapt_aiosqlite_cursor, "_executemany_async", SQLITE),
        (dialect.AsyncAdapt_aiosqlite_cursor, "_awaitable_cursor_close", SQLITE),
        (dialect.AsyncAdapt_aiosqlite_cursor, "_soft_closed_memoized", SQLITE),
        (dialect.AsyncAdapt_aiosqlite_cursor, "_adapt_connection", SQLITE),
        (dialect.AsyncAdapt_aiosqlite_connection, "_cursor_cls", SQLITE),
        (aiosqlite.Connection, "_execute", SQLITE),
        (DBOS, "_recover_pending_workflows", "bot/jobs/reaper.py"),
        (_dbos, "queue_thread", WAKEUPS),
        (_queue, "queue_worker_thread", WAKEUPS),
        (threading.Event(), "_cond", WAKEUPS),
    ],
)
def test_a_private_name_is_still_there(owner: object, name: str, user: str) -> None:
    assert hasattr(owner, name), f"{user} needs {name} of {owner!r}, which this version has not"


async def test_a_connection_of_aiosqlite_still_has_its_driver_and_its_thread() -> None:
    connection = await connected()
    try:
        missing = [name for name in ("_conn", "_thread") if not hasattr(connection, name)]
        assert missing == [], f"{SQLITE} needs them in aiosqlite.Connection"
    finally:
        await connection.close()


@pytest.mark.parametrize(
    ("function", "parameters", "user"),
    [
        (aiosqlite.Connection._execute, ["self", "fn", "args", "kwargs"], SQLITE),
        (DBOS._recover_pending_workflows, ["executor_ids"], "bot/jobs/reaper.py"),
        (_queue.queue_thread, ["stop_event", "dbos"], WAKEUPS),
        (_queue.queue_worker_thread, ["stop_event", "dbos", "queue"], WAKEUPS),
        (
            dialect.AsyncAdapt_aiosqlite_cursor._execute_async, ["self", "operation", "parameters"], SQLITE,
        ),
        (
            dialect.AsyncAdapt_aiosqlite_cursor._executemany_async, ["self", "operation", "seq_of_parameters"], SQLITE,
        ),
    ],
)  # fmt: skip
def test_a_private_method_still_takes_the_same(function: Callable[..., Any], parameters: list[str], user: str) -> None:
    assert list(inspect.signature(function).parameters) == parameters, f"read {user} again beside the new method"


def test_the_body_of_a_request_can_still_be_replaced_before_it_is_sent() -> None:
    request = httpx2.Request("POST", "http://127.0.0.1/", content=b"{}")
    replaced = httpx2.ByteStream(b"[]")
    request.stream = replaced
    assert request.stream is replaced, "providers/gemini/body.py puts a body into httpx2.Request.stream"
