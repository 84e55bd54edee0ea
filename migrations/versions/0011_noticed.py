"""Incidents that have no record yet: where, how severe, when, and whether anybody said that no post-mortem is needed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    on_postgres = sa.DateTime(timezone=True)
    return sa.Column(name, sa.String(32).with_variant(on_postgres, "postgresql"), nullable=null)


def _text(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=null, autoincrement=False)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "noticed_incident",
        _text("id"),
        _text("team_id"),
        _text("channel_id"),
        _number("number"),
        _number("severity", null=True),
        _instant("first_seen"),
        _instant("last_seen"),
        _instant("ended_at", null=True),
        _text("ts"),
        _text("state"),
        _text("gone"),
        _text("offer_ts", null=True),
        _instant("settled_at", null=True),
        _text("settled_by", null=True),
        _text("why"),
        _text("note"),
        _text("postmortem_id", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_noticed_incident"),
        sa.UniqueConstraint("team_id", "channel_id", "number", name="uq_noticed_incident_team_id_channel_id_number"),
        sa.ForeignKeyConstraint(
            ["postmortem_id"], ["postmortem.id"], name="fk_noticed_incident_postmortem_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_noticed_incident_team_id_state", "noticed_incident", ["team_id", "state"])
    op.create_index("ix_noticed_incident_postmortem_id", "noticed_incident", ["postmortem_id"])


def downgrade() -> None:
    """Drop what came with this version."""
    op.drop_table("noticed_incident")
