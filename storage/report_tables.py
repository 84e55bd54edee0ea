"""The tables of reports that were handed out as files, and of the files of a post-mortem beside its document."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables import instant, metadata, of_record, text

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

record_file = sa.Table(
    "record_file",
    metadata,
    text("file_id", key=True),
    of_record(),
    text("what"),
    text("digest"),
    text("state"),
    text("permalink", null=True),
    instant("reserved_at"),
    sa.Index(None, "postmortem_id", "what"),
)
