"""The holidays that deadlines were last counted with, one row a workspace."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage import life_tables, statements

_T = life_tables.holidays_counted
_THIS = sa.select(_T).where(_T.c.team_id == sa.bindparam("team"))
_BY_TEAM = {False: _THIS, True: _THIS.with_for_update()}


class SqlHolidays:
    """bot.ports.life.Holidays."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def counted(self, team_id: str, *, lock: bool = False) -> tuple[int, frozenset[date]]:
        """How often they were others, and what they are; (0, none) before they were ever kept; `lock` holds them."""
        row = statements.one(self._conn, _BY_TEAM[lock], {"team": team_id})
        return (row["version"], frozenset(map(date.fromisoformat, row["dates"]))) if row else (0, frozenset())

    def count_with(self, team_id: str, holidays: frozenset[date], version: int, now: datetime) -> None:
        """Keep them."""
        dates = sorted(day.isoformat() for day in holidays)
        statements.upsert(self._conn, _T, [{"team_id": team_id, "dates": dates, "version": version, "at": now}])
