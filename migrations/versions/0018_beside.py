"""What the channel holds beside timeline and follow-ups, with the proposed title; and the words that say until when a follow-up
is to be done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both columns, empty."""
    op.add_column("analysis", sa.Column("beside", sa.Text(), nullable=True))
    op.add_column("todo", sa.Column("due", sa.Text(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("todo", "due")
    op.drop_column("analysis", "beside")
