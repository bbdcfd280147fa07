"""Votes on a generation: the rules it was opened with outlive later changes of the settings, and it closes once.

Who closes a vote writes its outcome and takes it out of the open ones in one transaction; the index is how the
periodic sweep finds those whose deadline has passed without reading all generations.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

UNTOLD = sa.text("vote IN ('open', 'closed')")


def upgrade() -> None:
    op.add_column("generations", sa.Column("vote", sa.String(length=10), nullable=True))
    op.add_column("generations", sa.Column("voting", sa.JSON(none_as_null=True), nullable=True))
    op.create_index(
        "ix_generations_untold_vote",
        "generations",
        ["workspace_id", "id"],
        unique=False,
        sqlite_where=UNTOLD,
        postgresql_where=UNTOLD,
    )


def downgrade() -> None:
    op.drop_index("ix_generations_untold_vote", table_name="generations")
    op.drop_column("generations", "voting")
    op.drop_column("generations", "vote")
