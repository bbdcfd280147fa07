"""Runs the migrations on the connection that storage.migrate hands over."""

from typing import Any, Literal

from alembic import context

from storage.tables.schema import Words, metadata


def rendered(_kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A column of words as plain text: a migration must not change when an enum does."""
    return f"sa.String(length={item.length})" if isinstance(item, Words) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=rendered,
    transactional_ddl=False,  # the caller's transaction holds the whole upgrade
)
context.run_migrations()
