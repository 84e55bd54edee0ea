"""The table of incidents that have no record yet: where, how severe, when; never what was said, nor a name."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables import instant, metadata, number, text
from storage.types import CleanText

noticed_incident = sa.Table(
    "noticed_incident",
    metadata,
    text("id", key=True),
    text("team_id"),
    text("channel_id"),
    number("number"),
    number("severity", null=True),
    instant("first_seen"),
    instant("last_seen"),
    instant("ended_at", null=True),
    text("ts"),
    text("state"),
    text("gone"),
    text("offer_ts", null=True),
    instant("settled_at", null=True),
    text("settled_by", null=True),
    text("why"),
    text("note"),
    sa.Column("postmortem_id", CleanText, sa.ForeignKey("postmortem.id", ondelete="CASCADE"), nullable=True),
    sa.UniqueConstraint("team_id", "channel_id", "number"),
    sa.Index(None, "team_id", "state"),
    sa.Index(None, "postmortem_id"),
)
