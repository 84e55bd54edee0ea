"""What is said of a ticket: its kind, its priority and why, the day it is due; action items that were merged into others; and
the uploaded lists of them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_ADDED = ("kind", "priority", "justification", "due", "merged_into", "was")


def _text(name: str, *, null: bool = False, default: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=null, server_default=default)


def upgrade() -> None:
    """Add the columns, all empty, and the table."""
    for name in _ADDED:
        said = name == "justification"
        op.add_column("action_item", _text(name, null=not said, default="" if said else None))
    reserved_at = sa.Column(
        "reserved_at", sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql"), nullable=False
    )
    op.create_table(
        "action_file",
        *(_text(name) for name in ("file_id", "postmortem_id", "digest", "state")),
        _text("permalink", null=True),
        reserved_at,
        sa.PrimaryKeyConstraint("file_id", name="pk_action_file"),
        sa.ForeignKeyConstraint(
            ["postmortem_id"], ["postmortem.id"], name="fk_action_file_postmortem_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_action_file_postmortem_id_reserved_at", "action_file", ["postmortem_id", "reserved_at"])


def downgrade() -> None:
    """Drop what came with this version."""
    op.drop_table("action_file")
    for name in reversed(_ADDED):
        op.drop_column("action_item", name)
