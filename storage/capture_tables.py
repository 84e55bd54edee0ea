"""The table of what people marked in the channel: one row a message, with all that was heard of it so far."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables import document, flag, metadata, number, of_record, text

capture = sa.Table(
    "capture",
    metadata,
    of_record(key=True),
    text("channel_id", key=True),
    text("ts", key=True),
    document("heard"),
    document("body", null=True),
    text("item_id", null=True),
    number("item_version"),
    text("shown_ts"),
    flag("withdrawn"),
    text("question"),
    flag("marked"),
    text("trouble"),
)
