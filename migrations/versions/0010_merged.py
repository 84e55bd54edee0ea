"""Post-mortems that were merged: into which one a record was set aside, and what the primary took in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TEXTS = ("merged_into", "merged_channel", "merged_by", "took_in")


def upgrade() -> None:
    """Add the columns, all empty."""
    on_postgres = sa.DateTime(timezone=True)
    for name in _TEXTS:
        op.add_column("postmortem", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("postmortem", sa.Column("merged_number", sa.Integer(), nullable=True, autoincrement=False))
    merged_at = sa.Column("merged_at", sa.String(32).with_variant(on_postgres, "postgresql"), nullable=True)
    op.add_column("postmortem", merged_at)


def downgrade() -> None:
    """Drop the columns: what was set aside stands by itself again."""
    for name in ("merged_at", "merged_number", *reversed(_TEXTS)):
        op.drop_column("postmortem", name)
