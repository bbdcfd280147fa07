"""What an attempt costs by the price list of its own model, which need not be the one that was asked for first."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attempts", sa.Column("price", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE attempts SET price = (SELECT generations.price FROM images JOIN generations"
        " ON generations.id = images.generation_id WHERE images.id = attempts.image_id)"
    )
    op.create_index("ix_attempts_provider_started_at", "attempts", ["provider", "started_at"])


def downgrade() -> None:
    op.drop_index("ix_attempts_provider_started_at", table_name="attempts")
    op.drop_column("attempts", "price")
