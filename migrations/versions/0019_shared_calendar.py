"""The event of each record on the shared calendar, and when that calendar is taken."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def _instant(name: str, *, null: bool = True) -> sa.Column[Any]:
    on_postgres = sa.DateTime(timezone=True)
    return sa.Column(name, sa.String(32).with_variant(on_postgres, "postgresql"), nullable=null)


def _text(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, autoincrement=False)


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "calendar_event",
        _text("postmortem_id"),
        _text("state"),
        _text("href"),
        _text("etag"),
        _number("sequence"),
        _text("fingerprint"),
        _instant("start"),
        _instant("end"),
        _text("invited"),
        _instant("sending_start"),
        _instant("sending_end"),
        _instant("theirs_start"),
        _instant("theirs_end"),
        _text("asked_of", null=True),
        _instant("asked_at"),
        _number("asked_booking"),
        _text("by", null=True),
        _instant("decided_at"),
        _text("answers"),
        _instant("read_at"),
        _number("version"),
        sa.ForeignKeyConstraint(
            ["postmortem_id"], ["postmortem.id"], name="fk_calendar_event_postmortem_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("postmortem_id", name="pk_calendar_event"),
    )
    op.create_table(
        "calendar_busy",
        _text("team_id"),
        _text("spans"),
        _instant("read_at", null=False),
        sa.PrimaryKeyConstraint("team_id", name="pk_calendar_busy"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("calendar_busy")
    op.drop_table("calendar_event")
