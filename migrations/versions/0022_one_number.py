"""One number for the meeting, whichever way it goes out, and whether the calendar's server invites people by itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and the column for what people made of the number."""
    op.create_table(
        "meeting_version",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("postmortem_id", "fingerprint")),
        sa.Column("sequence", sa.Integer(), nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("postmortem_id", name="pk_meeting_version"),
        sa.ForeignKeyConstraint(
            ["postmortem_id"], ["postmortem.id"], name="fk_meeting_version_postmortem_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "calendar_server",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("by_server", sa.Boolean(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name="pk_calendar_server"),
    )
    op.add_column("calendar_event", sa.Column("there", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Drop what came with this version."""
    op.drop_column("calendar_event", "there")
    op.drop_table("calendar_server")
    op.drop_table("meeting_version")
