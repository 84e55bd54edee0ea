"""The table of mails: what was wanted, to whom it goes, and how far it has got."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables import document, instant, metadata, number, of_record, text

mail = sa.Table(
    "mail",
    metadata,
    text("identity", key=True),
    of_record(),
    text("purpose"),
    document("to"),
    text("asked_by"),
    instant("asked_at"),
    document("words"),
    text("state"),
    number("tries"),
    instant("tried_at", null=True),
    instant("sent_at", null=True),
    text("message_id"),
    document("refused"),
    text("trouble"),
    text("settled_by"),
    sa.Index(None, "postmortem_id", "asked_at"),
)
