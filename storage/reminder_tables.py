"""The tables of reminders: which were sent, and who wants to be left in peace."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables import flag, instant, metadata, number, of_record, text

reminder = sa.Table(
    "reminder",
    metadata,
    of_record(key=True),
    text("recipient", key=True),
    text("nudge", key=True),
    text("about", key=True),
    number("number", key=True),
    instant("at"),
)

quiet = sa.Table(
    "quiet",
    metadata,
    of_record(key=True),
    text("user_id", key=True),
    instant("until", null=True),
    flag("muted"),
    number("snoozes"),
)
