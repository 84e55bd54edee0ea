"""The table of canvases that show documents."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables import flag, instant, metadata, of_record, text

document_canvas = sa.Table(
    "document_canvas",
    metadata,
    of_record(key=True),
    text("state"),
    instant("since"),
    text("canvas_id", null=True),
    text("digest", null=True),
    text("permalink", null=True),
    instant("doubted", null=True),
    flag("deleted"),
    text("refused", null=True),
)
