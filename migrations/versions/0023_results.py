"""What a command or query that the harvest found has shown, and the message that says so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both columns, empty."""
    op.add_column("query", sa.Column("result", sa.Text(), nullable=True))
    op.add_column("query", sa.Column("result_ts", sa.Text(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("query", "result_ts")
    op.drop_column("query", "result")
