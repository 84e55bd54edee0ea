"""Questions over many records, by index: for the Home tab, lists and retention."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.status import Status
from storage import tables

_T = tables.postmortem
_CLOSED = Status.CLOSED.value
_ORDER = (_T.c.created_at, _T.c.number)


class SqlCensus:
    """bot.ports.life.Census."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def leading(self, team_id: str, user_id: str) -> Sequence[str]:
        """Ids of the records not Closed whose owner or IC this is, oldest first."""
        theirs = sa.or_(_T.c.owner == user_id, _T.c.ic == user_id)
        return self._ids(sa.select(_T.c.id).where(_T.c.team_id == team_id, theirs, _T.c.status != _CLOSED))

    def open(self, team_id: str) -> Sequence[str]:
        """Ids of all records that are not Closed, oldest first."""
        return self._ids(sa.select(_T.c.id).where(_T.c.team_id == team_id, _T.c.status != _CLOSED))

    def closed(self, team_id: str, *, limit: int) -> Sequence[str]:
        """Ids of Closed records, the newest first."""
        query = sa.select(_T.c.id).where(_T.c.team_id == team_id, _T.c.status == _CLOSED)
        return list(self._conn.scalars(query.order_by(_T.c.closed_at.desc(), _T.c.number.desc()).limit(limit)))

    def closed_before(self, before: datetime) -> Sequence[str]:
        """Ids of records of any workspace that were closed before that."""
        return self._ids(sa.select(_T.c.id).where(_T.c.status == _CLOSED, _T.c.closed_at < before))

    def _ids(self, query: sa.Select[tuple[str]]) -> Sequence[str]:
        return list(self._conn.scalars(query.order_by(*_ORDER)))
