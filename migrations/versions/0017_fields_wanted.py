"""The fields for lack of which a ticket was refused, so that they can be asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nothing is known of those that were refused before."""
    op.add_column("ticket", sa.Column("wants", sa.Text(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Drop what came with this version."""
    op.drop_column("ticket", "wants")
