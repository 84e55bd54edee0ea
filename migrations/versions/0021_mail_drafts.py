"""What people write for a mail before it goes, and which they sent by themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    on_postgres = sa.DateTime(timezone=True)
    op.create_table(
        "mail_draft",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("postmortem_id", "purpose", "subject", "body")),
        sa.Column("recipients", sa.Text(), nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("edited_by", sa.Text(), nullable=True),
        sa.Column("edited_at", sa.String(32).with_variant(on_postgres, "postgresql"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("postmortem_id", "purpose", name="pk_mail_draft"),
        sa.ForeignKeyConstraint(
            ["postmortem_id"], ["postmortem.id"], name="fk_mail_draft_postmortem_id", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    """Drop what came with this version."""
    op.drop_table("mail_draft")
