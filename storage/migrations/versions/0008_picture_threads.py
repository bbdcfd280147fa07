"""The channel or topic in which a picture is posted, so that a gallery shows only places its viewer can read."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_SHOWN = sa.text("status = 'done' AND trashed_at IS NULL AND NOT private")
_FILL = (
    "UPDATE images SET thread = COALESCE((SELECT generations.thread FROM generations "
    "WHERE generations.id = images.generation_id), '')"
)


def upgrade() -> None:
    op.add_column("images", sa.Column("thread", sa.String(length=100), server_default="", nullable=False))
    op.execute(_FILL)
    op.create_index(
        "ix_images_gallery_workspace_id_thread_id",
        "images",
        ["workspace_id", "thread", "id"],
        sqlite_where=_SHOWN,
        postgresql_where=_SHOWN,
    )
