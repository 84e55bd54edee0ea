"""Files beside the document, in their table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.postmortem import DocumentFile, FileState
from storage import foreseen, report_tables, statements

_T = report_tables.record_file
_COLUMNS = (_T.c.postmortem_id, _T.c.file_id, _T.c.digest, _T.c.state, _T.c.permalink, _T.c.reserved_at)
_MINE = _T.c.postmortem_id == sa.bindparam("this")
_OF = sa.select(*_COLUMNS).where(_MINE, _T.c.what == sa.bindparam("kind")).order_by(_T.c.reserved_at, _T.c.file_id)
_WHATS = sa.select(_T.c.what).where(_MINE, _T.c.state != FileState.REMOVED.value).distinct()


class SqlRecordFiles:
    """bot.ports.record_files.RecordFiles."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def of(self, postmortem_id: str, what: str) -> Sequence[DocumentFile]:
        """All uploads of that, oldest first."""
        found = foreseen.rows(self._conn, _T, postmortem_id, _OF, {"this": postmortem_id, "kind": what})
        return [DocumentFile(**{**row, "state": FileState(row["state"])}) for row in found]

    def whats(self, postmortem_id: str) -> frozenset[str]:
        """Of what there is a file that people can see, or one on its way."""
        return frozenset(str(row["what"]) for row in statements.rows(self._conn, _WHATS, {"this": postmortem_id}))

    def put(self, what: str, file: DocumentFile) -> None:
        """Insert or update by file id."""
        statements.upsert(self._conn, _T, [{**asdict(file), "what": what}])

    def removed(self, file_id: str) -> None:
        """It is gone from Slack."""
        self._conn.execute(_T.update().where(_T.c.file_id == file_id).values(state=FileState.REMOVED.value))
