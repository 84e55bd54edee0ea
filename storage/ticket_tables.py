"""The table of tickets: what was asked for, under which label it is found again, and how it stands in the tracker."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables import document, flag, instant, metadata, number, of_record, text

ticket = sa.Table(
    "ticket",
    metadata,
    text("action_id", key=True),
    of_record(),
    text("label"),
    text("project"),
    text("issue_type"),
    text("asked_by"),
    instant("asked_at"),
    text("state"),
    text("priority"),
    text("due", null=True),
    document("extra"),
    document("tags"),
    number("tries"),
    instant("tried_at", null=True),
    text("key"),
    text("url"),
    text("status"),
    flag("done"),
    flag("linked_back"),
    text("trouble"),
    instant("read_at", null=True),
    text("linking", added=True),
    flag("gone", added=True),
    document("wants", added="[]"),
    sa.UniqueConstraint("label"),
    sa.Index(None, "postmortem_id", "asked_at"),
    sa.Index(None, "key"),
)
