"""Messages of ours that are edited in place, and the uploaded versions of the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.postmortem import DocumentFile, FileState, Posted
from storage import foreseen, statements, tables

_P, _F = tables.posted, tables.document_file
_THIS: sa.BindParameter[str] = sa.bindparam("this")
_ONE = sa.select(_P).where(_P.c.postmortem_id == _THIS, _P.c.name == sa.bindparam("name"))
_THERE = sa.select(_P).where(_P.c.channel_id == sa.bindparam("channel"), _P.c.ts == sa.bindparam("there"))
_ALL = sa.select(_P).where(_P.c.postmortem_id == _THIS).order_by(_P.c.name)
_FILES = sa.select(_F).where(_F.c.postmortem_id == _THIS).order_by(_F.c.reserved_at, _F.c.file_id)


class SqlPosts:
    """bot.ports.store.Posts."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def get(self, postmortem_id: str, name: str) -> Posted | None:
        """Where the message of this name stands."""
        row = statements.one(self._conn, _ONE, {"this": postmortem_id, "name": name})
        return None if row is None else Posted(**row)

    def at(self, channel_id: str, ts: str) -> Posted | None:
        """The message of ours that stands there."""
        row = statements.one(self._conn, _THERE, {"channel": channel_id, "there": ts})
        return None if row is None else Posted(**row)

    def under(self, postmortem_id: str, prefix: str) -> Sequence[Posted]:
        """The record's messages whose names begin so."""
        found = [Posted(**row) for row in statements.rows(self._conn, _ALL, {"this": postmortem_id})]
        return [each for each in found if each.name.startswith(prefix)]

    def put(self, posted: Posted) -> None:
        """Remember (or move) it."""
        statements.upsert(self._conn, _P, [asdict(posted)])

    def forget(self, postmortem_id: str, name: str) -> None:
        """It is gone from Slack."""
        self._conn.execute(_P.delete().where(_P.c.postmortem_id == postmortem_id, _P.c.name == name))

    def files(self, postmortem_id: str) -> Sequence[DocumentFile]:
        """All uploaded versions, oldest first."""
        rows = foreseen.rows(self._conn, _F, postmortem_id, _FILES)
        return [DocumentFile(**{**row, "state": FileState(row["state"])}) for row in rows]

    def put_file(self, file: DocumentFile) -> None:
        """Insert or update by file id."""
        statements.upsert(self._conn, _F, [asdict(file)])
