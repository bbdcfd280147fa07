"""What a persona is known by beside its description, whom it depicts, where it is shared;
reported pictures; prompts people saved, and from which template a request was made."""

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
    op.add_column("generations", sa.Column("template", sa.String(length=80), nullable=True))
    op.add_column("generations", sa.Column("quality", sa.String(length=10), nullable=True))
    op.create_table(
        "saved_prompts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_saved_prompts_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_prompts"),
    )
    op.create_index("ix_saved_prompts_user_id", "saved_prompts", ["user_id"])


def downgrade() -> None:
    op.drop_table("saved_prompts")
    for column in ("quality", "template"):
        op.drop_column("generations", column)
    op.drop_column("images", "reported_at")
    op.drop_table("persona_shares")
    op.drop_index("ix_personas_depicts_id", table_name="personas")
    for column in ("depicts_id", "traits", "marks"):
        op.drop_column("personas", column)
