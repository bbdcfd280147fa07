"""Who is alive among the processes that share a database, and what has lain in the trash for how long."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TRASHED = "trashed_at IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "heartbeats",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("executor", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_heartbeats"),
        sa.UniqueConstraint("executor", name="uq_heartbeats_executor"),
    )
    op.create_index(
        "ix_images_trashed_at",
        "images",
        ["trashed_at"],
        sqlite_where=sa.text(TRASHED),
        postgresql_where=sa.text(TRASHED),
    )


def downgrade() -> None:
    op.drop_index("ix_images_trashed_at", table_name="images")
    op.drop_table("heartbeats")
