"""Canvases that show documents in Slack."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    instant = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
    op.create_table(
        "document_canvas",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("postmortem_id", "state")),
        sa.Column("since", instant, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("canvas_id", "digest", "permalink")),
        sa.Column("doubted", instant, nullable=True),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("postmortem_id", name="pk_document_canvas"),
        sa.ForeignKeyConstraint(
            ["postmortem_id"], ["postmortem.id"], name="fk_document_canvas_postmortem_id", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    """Drop what came with this version."""
    op.drop_table("document_canvas")
