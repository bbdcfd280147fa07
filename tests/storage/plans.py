"""How a database means to answer a query."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import event

from storage.db.database import Transaction


async def plan_of(tx: Transaction, ask: Callable[[], Awaitable[object]]) -> str:
    """The plans, one step per line, of everything that `ask` sends: SQLite's or PostgreSQL's."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        sent.append((statement, parameters))

    event.listen(tx.sync_connection, "before_cursor_execute", note)
    try:
        await ask()
    finally:
        event.remove(tx.sync_connection, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN " if tx.dialect.name == "sqlite" else "EXPLAIN "
    steps = [row for statement, parameters in sent for row in await tx.exec_driver_sql(explain + statement, parameters)]
    return "\n".join(str(row[-1]) for row in steps)
