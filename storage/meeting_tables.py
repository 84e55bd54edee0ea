"""The tables of who meets: the directory of services, who was added to a meeting and left out by hand, and the uploaded
invitations."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables import counted, document, instant, metadata, number, of_record, text

service = sa.Table(
    "service",
    metadata,
    text("team_id", key=True),
    text("key", key=True),
    text("name"),
    document("owners"),
    text("manager", null=True),
    text("product_manager", null=True),
    text("project"),
    text("by"),
    instant("at"),
    number("version"),
)

# The history of the directory, which belongs to no post-mortem.
service_change = sa.Table(
    "service_change",
    metadata,
    counted(),
    text("team_id"),
    instant("at"),
    text("actor"),
    text("service"),
    text("old", null=True),
    text("new", null=True),
    sa.Index(None, "team_id", "service"),
)

invitee = sa.Table(
    "invitee",
    metadata,
    of_record(key=True),
    text("user_id", key=True),
    text("wish"),
    text("reason"),
    text("by"),
    instant("at"),
)

calendar_file = sa.Table(
    "calendar_file",
    metadata,
    text("file_id", key=True),
    of_record(),
    text("digest"),
    text("state"),
    text("permalink", null=True),
    instant("reserved_at"),
    sa.Index(None, "postmortem_id", "reserved_at"),
)
