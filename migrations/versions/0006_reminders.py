"""Reminders that were sent, and people who want to be left in peace about one post-mortem."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    on_postgres = sa.DateTime(timezone=True)
    return sa.Column(name, sa.String(32).with_variant(on_postgres, "postgresql"), nullable=null)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, autoincrement=False)


def _table(name: str, key: tuple[str, ...], *columns: Any) -> None:
    of_record = sa.ForeignKeyConstraint(
        ["postmortem_id"], ["postmortem.id"], name=f"fk_{name}_postmortem_id", ondelete="CASCADE"
    )
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"), of_record)


def upgrade() -> None:
    """Make both tables."""
    _table(
        "reminder",
        ("postmortem_id", "recipient", "nudge", "about", "number"),
        _text("postmortem_id"),
        _text("recipient"),
        _text("nudge"),
        _text("about"),
        _number("number"),
        _instant("at"),
    )
    _table(
        "quiet",
        ("postmortem_id", "user_id"),
        _text("postmortem_id"),
        _text("user_id"),
        _instant("until", null=True),
        sa.Column("muted", sa.Boolean(), nullable=False),
        _number("snoozes"),
    )


def downgrade() -> None:
    """Drop both: what was sent may be sent once more."""
    op.drop_table("quiet")
    op.drop_table("reminder")
