"""The event of each record on the shared calendar, and when that is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.calendar_event import Busy, EventState, KeptEvent, Span
from bot.ports.errors import Outdated
from storage import calendar_tables, statements

_E, _B = calendar_tables.calendar_event, calendar_tables.calendar_busy
_ONE = sa.select(_E).where(_E.c.postmortem_id == sa.bindparam("this"))
_BY_RECORD = {False: _ONE, True: _ONE.with_for_update()}
_BUSY = sa.select(_B).where(_B.c.team_id == sa.bindparam("team"))


class SqlCalendarEvents:
    """bot.ports.calendar.CalendarEvents."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def get(self, postmortem_id: str, *, lock: bool = False) -> KeptEvent | None:
        """The event of a record."""
        row = statements.one(self._conn, _BY_RECORD[lock], {"this": postmortem_id})
        return None if row is None else _event(row)

    def put(self, kept: KeptEvent) -> KeptEvent:
        """Insert or replace it, unless somebody else went on with it."""
        standing = self.get(kept.postmortem_id, lock=True)
        if (standing.version if standing else 0) != kept.version:
            raise Outdated("Somebody else went on with this event.")
        new = replace(kept, version=kept.version + 1)
        statements.upsert(self._conn, _E, [_row(new)])
        return new

    def busy(self, team_id: str) -> Busy | None:
        """When the calendar is taken, as read last."""
        row = statements.one(self._conn, _BUSY, {"team": team_id})
        if row is None:
            return None
        spans = tuple(Span(*(datetime.fromisoformat(each) for each in pair)) for pair in row["spans"])
        return Busy(team_id, spans, row["read_at"])

    def put_busy(self, busy: Busy) -> None:
        """The same, read anew."""
        spans = [[each.start.isoformat(), each.end.isoformat()] for each in busy.spans]
        statements.upsert(self._conn, _B, [{"team_id": busy.team_id, "spans": spans, "read_at": busy.read_at}])


def _row(kept: KeptEvent) -> dict[str, Any]:
    return asdict(kept) | {
        "state": kept.state.value,
        "invited": list(kept.invited),
        "answers": dict(kept.answers),
    }


def _event(row: Mapping[str, Any]) -> KeptEvent:
    return KeptEvent(**{**row, "state": EventState(row["state"]), "invited": tuple(row["invited"])})
