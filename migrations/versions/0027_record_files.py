"""Files of a post-mortem beside its document: it in another format, and the picture of its timeline."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    on_postgres = sa.DateTime(timezone=True)
    op.create_table(
        "record_file",
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("file_id", "postmortem_id", "what", "digest", "state")
        ),
        sa.Column("permalink", sa.Text(), nullable=True),
        sa.Column("reserved_at", sa.String(32).with_variant(on_postgres, "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("file_id", name="pk_record_file"),
        sa.ForeignKeyConstraint(
            ["postmortem_id"], ["postmortem.id"], name="fk_record_file_postmortem_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_record_file_postmortem_id_what", "record_file", ["postmortem_id", "what"])


def downgrade() -> None:
    """Drop what came with this version."""
    op.drop_table("record_file")
