"""Reports that were handed out as files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    on_postgres = sa.DateTime(timezone=True)
    op.create_table(
        "report_file",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("file_id", "team_id", "asked", "digest", "state")),
        sa.Column("permalink", sa.Text(), nullable=True),
        sa.Column("reserved_at", sa.String(32).with_variant(on_postgres, "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("file_id", name="pk_report_file"),
    )
    op.create_index("ix_report_file_asked", "report_file", ["asked"])


def downgrade() -> None:
    """Drop what came with this version."""
    op.drop_table("report_file")
