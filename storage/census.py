"""Questions over many records, each one query: for the Home tab, lists and retention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.actions import ActionItem
from bot.domain.booking import Booking
from bot.domain.content import Content, Entry
from bot.domain.external_message import ExternalMessage
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status
from storage import items, life, records, statements, tables
from storage import life_tables as t

_T = tables.postmortem
_CLOSED = Status.CLOSED.value
# SQLite takes some thousands of parameters in a statement.
_AT_ONCE = 500


class SqlCensus:
    """bot.ports.life.Census."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def open(self, team_id: str) -> Sequence[Postmortem]:
        """All records that are not Closed, nor merged into one that is, oldest first."""
        primary = _T.alias("primary")
        alive = sa.exists().where(primary.c.id == _T.c.merged_into, primary.c.status != _CLOSED)
        wanted = (_T.c.team_id == team_id, _T.c.status != _CLOSED, sa.or_(_T.c.merged_into.is_(None), alive))
        query = sa.select(_T).where(*wanted)
        found = statements.rows(self._conn, query.order_by(_T.c.created_at, _T.c.number))
        return [records.from_row(row) for row in found]

    def closed(self, team_id: str, *, limit: int) -> Sequence[Postmortem]:
        """Closed records, the newest first."""
        query = sa.select(_T).where(_T.c.team_id == team_id, _T.c.status == _CLOSED)
        found = statements.rows(self._conn, query.order_by(_T.c.closed_at.desc(), _T.c.number.desc()).limit(limit))
        return [records.from_row(row) for row in found]

    def closed_before(self, before: datetime) -> Sequence[str]:
        """Ids of records of any workspace that were closed before that; those that were merged into one come before it."""
        query = sa.select(_T.c.id).where(_T.c.status == _CLOSED, _T.c.closed_at < before)
        closed = list(self._conn.scalars(query.order_by(_T.c.closed_at, _T.c.number)))
        return [
            *self._conn.scalars(sa.select(_T.c.id).where(_T.c.merged_into.in_(query)).order_by(_T.c.number)),
            *closed,
        ]

    def bookings(self, ids: Sequence[str]) -> Mapping[str, Booking]:
        """The meetings of these records, by record."""
        return {row["postmortem_id"]: life.booking(row) for row in self._of(t.meeting, ids)}

    def externals(self, ids: Sequence[str]) -> Mapping[str, ExternalMessage]:
        """What was decided about the External Message of these records."""
        return {row["postmortem_id"]: ExternalMessage(row["value"]) for row in self._of(t.external_message, ids)}

    def approved_by(self, ids: Sequence[str], user_id: str) -> frozenset[str]:
        """Those of these records that the person has approved."""
        rows = self._of(t.approval, ids, t.approval.c.user_id == user_id)
        return frozenset(row["postmortem_id"] for row in rows)

    def actions(self, ids: Sequence[str]) -> Mapping[str, Sequence[ActionItem]]:
        """What was decided of their TODOs, by record."""
        found: dict[str, list[ActionItem]] = {}
        for row in self._of(t.action_item, ids):
            found.setdefault(row["postmortem_id"], []).append(items.action(row))
        return found

    def contents(self, ids: Sequence[str]) -> Mapping[str, Content]:
        """What was written about them, by record; empty where nothing was."""
        found: dict[str, list[Entry]] = {each: [] for each in ids}
        for row in self._of(t.section, ids):
            if row["section"] in life.KNOWN:
                found[row["postmortem_id"]].append(life.entry(row))
        return {key: Content({each.section: each for each in entries}) for key, entries in found.items()}

    def _of(self, table: sa.Table, ids: Sequence[str], *only: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
        found = []
        for start in range(0, len(ids), _AT_ONCE):
            these = table.c.postmortem_id.in_(ids[start : start + _AT_ONCE])
            found += statements.rows(self._conn, sa.select(table).where(these, *only))
        return found
