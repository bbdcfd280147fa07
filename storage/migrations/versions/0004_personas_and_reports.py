"""What a persona is known by beside its description, whom it depicts, where it is shared; and reported pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("personas", sa.Column("marks", sa.Text(), nullable=False, server_default=""))
    op.add_column("personas", sa.Column("traits", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("personas", sa.Column("depicts_id", sa.String(length=32), nullable=True))
    op.create_index("ix_personas_depicts_id", "personas", ["depicts_id"])
    op.create_table(
        "persona_shares",
        sa.Column("persona_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("shared_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["persona_id"], ["personas.id"], name="fk_persona_shares_persona_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_persona_shares_workspace_id"),
        sa.PrimaryKeyConstraint("persona_id", "workspace_id", name="pk_persona_shares"),
    )
    op.create_index("ix_persona_shares_workspace_id", "persona_shares", ["workspace_id"])
    op.add_column("images", sa.Column("reported_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("images", "reported_at")
    op.drop_table("persona_shares")
    op.drop_index("ix_personas_depicts_id", table_name="personas")
    for column in ("depicts_id", "traits", "marks"):
        op.drop_column("personas", column)
