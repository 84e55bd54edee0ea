"""The tables of the shared calendar: the event of each record as it stands there, and when the calendar is taken."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables import document, instant, metadata, number, of_record, text

calendar_event = sa.Table(
    "calendar_event",
    metadata,
    of_record(key=True),
    text("state"),
    text("href"),
    text("etag"),
    number("sequence"),
    text("fingerprint"),
    instant("start", null=True),
    instant("end", null=True),
    document("invited"),
    instant("sending_start", null=True),
    instant("sending_end", null=True),
    instant("theirs_start", null=True),
    instant("theirs_end", null=True),
    text("asked_of", null=True),
    instant("asked_at", null=True),
    number("asked_booking"),
    text("by", null=True),
    instant("decided_at", null=True),
    document("answers"),
    instant("read_at", null=True),
    number("version"),
)

calendar_busy = sa.Table(
    "calendar_busy",
    metadata,
    text("team_id", key=True),
    document("spans"),
    instant("read_at"),
)
