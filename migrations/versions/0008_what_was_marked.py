"""What people marked in the channel, a row a message, and the channel that a line of the timeline comes from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and add the column."""
    op.create_table(
        "capture",
        sa.Column("postmortem_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("item_id", sa.Text(), nullable=True),
        sa.Column("item_version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("shown_ts", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("marked", sa.Boolean(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("postmortem_id", "channel_id", "ts", name="pk_capture"),
        sa.ForeignKeyConstraint(
            ["postmortem_id"], ["postmortem.id"], name="fk_capture_postmortem_id", ondelete="CASCADE"
        ),
    )
    op.add_column("timeline_entry", sa.Column("channel_id", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_timeline_entry_postmortem_id_ts", "timeline_entry", ["postmortem_id", "ts"])


def downgrade() -> None:
    """Drop what came with this version."""
    op.drop_index("ix_timeline_entry_postmortem_id_ts", "timeline_entry")
    op.drop_column("timeline_entry", "channel_id")
    op.drop_table("capture")
