"""Drafts of mails in their table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.mail_draft import Letter, MailDraft, Mark
from storage import foreseen, mail_draft_tables, statements

_T = mail_draft_tables.mail_draft
_OF_RECORD = sa.select(_T).where(_T.c.postmortem_id == sa.bindparam("this")).order_by(_T.c.purpose)
_ONE = _OF_RECORD.where(_T.c.purpose == sa.bindparam("which"))


class SqlMailDrafts:
    """bot.ports.mail_drafts.MailDrafts."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def get(self, postmortem_id: str, purpose: Letter) -> MailDraft:
        """That of one mail; empty, with version 0, when nobody wrote any."""
        row = statements.one(self._conn, _ONE, {"this": postmortem_id, "which": purpose.value})
        return MailDraft(postmortem_id, purpose) if row is None else _draft(row)

    def of_record(self, postmortem_id: str) -> Sequence[MailDraft]:
        """Those of a record."""
        return [_draft(row) for row in foreseen.rows(self._conn, _T, postmortem_id, _OF_RECORD)]

    def put(self, draft: MailDraft) -> None:
        """Insert or replace by record and purpose."""
        marks = [{"by": each.by, "at": each.at.isoformat(), "to": list(each.to)} for each in draft.marks]
        recipients = None if draft.recipients is None else list(draft.recipients)
        changed = {"purpose": draft.purpose.value, "recipients": recipients, "marks": marks}
        statements.upsert(self._conn, _T, [asdict(draft) | changed])


def _draft(row: Mapping[str, Any]) -> MailDraft:
    marks = tuple(Mark(each["by"], datetime.fromisoformat(each["at"]), tuple(each["to"])) for each in row["marks"])
    recipients = None if row["recipients"] is None else tuple(row["recipients"])
    return MailDraft(**{**row, "purpose": Letter(row["purpose"]), "recipients": recipients, "marks": marks})
