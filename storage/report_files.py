"""Reports that were handed out as files, in their table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.postmortem import DocumentFile, FileState
from storage import report_tables, statements

_T = report_tables.report_file
_COLUMNS = (_T.c.asked.label("postmortem_id"), _T.c.file_id, _T.c.digest, _T.c.state, _T.c.permalink, _T.c.reserved_at)
_OF = sa.select(*_COLUMNS).where(_T.c.asked == sa.bindparam("this")).order_by(_T.c.reserved_at, _T.c.file_id)


class SqlReportFiles:
    """bot.ports.report_files.ReportFiles."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def of(self, asked: str) -> Sequence[DocumentFile]:
        """All uploads of a request, oldest first."""
        found = statements.rows(self._conn, _OF, {"this": asked})
        return [DocumentFile(**{**row, "state": FileState(row["state"])}) for row in found]

    def put(self, team_id: str, file: DocumentFile) -> None:
        """Insert or update by file id."""
        row = {
            "file_id": file.file_id, "team_id": team_id, "asked": file.postmortem_id, "digest": file.digest,
            "state": file.state.value, "permalink": file.permalink, "reserved_at": file.reserved_at,
        }  # fmt: skip
        statements.upsert(self._conn, _T, [row])

    def purge(self, before: datetime) -> int:
        """Forget those reserved before that; returns how many."""
        return self._conn.execute(_T.delete().where(_T.c.reserved_at < before)).rowcount
