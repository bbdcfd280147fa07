"""Runs the migrations on the connection that storage.migrate hands over."""

from alembic import context

from storage.tables.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the caller's transaction holds the whole upgrade
)
context.run_migrations()
