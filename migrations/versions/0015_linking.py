"""What an action item is worth beside what it costs; the ticket that somebody wants linked to one while it is looked at; and a
way to the tickets of one key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ADDED = (("action_item", "roi"), ("ticket", "linking"))


def upgrade() -> None:
    """Add the columns, all empty, and the index."""
    for table, name in _ADDED:
        op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_ticket_key", "ticket", ["key"])


def downgrade() -> None:
    """Drop what came with this version."""
    op.drop_index("ix_ticket_key", "ticket")
    for table, name in reversed(_ADDED):
        op.drop_column(table, name)
