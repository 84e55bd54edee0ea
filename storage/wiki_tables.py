"""The table of pages in the wiki."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables import document, flag, metadata, of_record, text

wiki_page = sa.Table(
    "wiki_page",
    metadata,
    of_record(key=True),
    text("page_id"),
    text("url"),
    text("digest"),
    document("labels"),
    flag("closed"),
    flag("told"),
    text("state"),
    document("left"),
)
