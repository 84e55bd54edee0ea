"""The table of reports that were handed out as files."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables import instant, metadata, text

report_file = sa.Table(
    "report_file",
    metadata,
    text("file_id", key=True),
    text("team_id"),
    text("asked"),
    text("digest"),
    text("state"),
    text("permalink", null=True),
    instant("reserved_at"),
    sa.Index(None, "asked"),
)
