"""Tickets in a tracker: what was asked for, the label by which one is found again, and how it stands there."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def _instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    on_postgres = sa.DateTime(timezone=True)
    return sa.Column(name, sa.String(32).with_variant(on_postgres, "postgresql"), nullable=null)


def _text(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=null)


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "ticket",
        *(_text(name) for name in ("action_id", "postmortem_id", "label", "project", "issue_type", "asked_by")),
        _instant("asked_at"),
        *(_text(name) for name in ("state", "priority")),
        _text("due", null=True),
        *(_text(name) for name in ("extra", "tags")),
        sa.Column("tries", sa.Integer(), nullable=False, autoincrement=False),
        _instant("tried_at", null=True),
        *(_text(name) for name in ("key", "url", "status")),
        *(_flag(name) for name in ("done", "linked_back")),
        _text("trouble"),
        _instant("read_at", null=True),
        sa.PrimaryKeyConstraint("action_id", name="pk_ticket"),
        sa.UniqueConstraint("label", name="uq_ticket_label"),
        sa.ForeignKeyConstraint(
            ["postmortem_id"], ["postmortem.id"], name="fk_ticket_postmortem_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_ticket_postmortem_id_asked_at", "ticket", ["postmortem_id", "asked_at"])


def downgrade() -> None:
    """Drop what came with this version."""
    op.drop_table("ticket")
