"""The table of what people wrote for a mail before it went, and of mails that they sent by themselves."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables import document, flag, instant, metadata, number, of_record, text

mail_draft = sa.Table(
    "mail_draft",
    metadata,
    of_record(key=True),
    text("purpose", key=True),
    text("subject"),
    text("body"),
    document("recipients", null=True),
    flag("restricted"),
    text("edited_by", null=True),
    instant("edited_at", null=True),
    number("version"),
    document("marks"),
)
