"""Whether a ticket is gone in its tracker."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, false."""
    op.add_column("ticket", sa.Column("gone", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Drop what came with this version."""
    op.drop_column("ticket", "gone")
