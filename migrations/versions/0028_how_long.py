"""How fast the reading of a channel goes and how far back it is, so that it can be told how long it will still take."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; of a reading that runs nothing is known."""
    on_postgres = sa.DateTime(timezone=True)
    op.add_column("harvest", sa.Column("reached", sa.Text(), nullable=True))
    op.add_column("harvest", sa.Column("calls", sa.Integer(), nullable=False, server_default="0"))
    for name in ("calls_from", "called_at"):
        op.add_column("harvest", sa.Column(name, sa.String(32).with_variant(on_postgres, "postgresql"), nullable=True))


def downgrade() -> None:
    """Drop them."""
    for name in ("called_at", "calls_from", "calls", "reached"):
        op.drop_column("harvest", name)
